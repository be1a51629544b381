package bot

import (
	"bytes"
	"context"
	"fmt"

	"github.com/slack-go/slack"
)

// upload gives Slack a file, shown in a channel or, without one, nowhere yet; and
// returns its id. alt says in words what a picture shows. Its name is in no error:
// it may be a contact's.
func (b *Bot) upload(ctx context.Context, channel, name string, data []byte, alt string) (string, error) {
	at, err := b.cfg.API.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: name, FileSize: len(data), AltTxt: alt})
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", err)
	}
	if err := b.cfg.API.UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: at.UploadURL, Reader: bytes.NewReader(data), Filename: name}); err != nil {
		return "", fmt.Errorf("upload a file: %w", err)
	}
	_, err = b.cfg.API.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files: []slack.FileSummary{{ID: at.FileID, Title: name}}, Channel: channel})
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", err)
	}
	return at.FileID, nil
}

// sendFile puts a file into the direct message with a person, where nobody else
// sees it.
func (b *Bot) sendFile(ctx context.Context, person, name string, data []byte) error {
	dm, _, _, err := b.cfg.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{person}})
	if err != nil {
		return fmt.Errorf("open a direct message: %w", err)
	}
	_, err = b.upload(ctx, dm.ID, name, data, "")
	return err
}
