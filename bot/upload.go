package bot

import (
	"bytes"
	"context"
	"fmt"

	"github.com/slack-go/slack"
)

// upload gives Slack a file that is shown nowhere yet, and returns its id.
func (b *Bot) upload(ctx context.Context, name string, data []byte, alt string) (string, error) {
	at, err := b.cfg.API.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: name, FileSize: len(data), AltTxt: alt})
	if err != nil {
		return "", fmt.Errorf("upload %s: %w", name, err)
	}
	if err := b.cfg.API.UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: at.UploadURL, Reader: bytes.NewReader(data), Filename: name}); err != nil {
		return "", fmt.Errorf("upload %s: %w", name, err)
	}
	return at.FileID, b.complete(ctx, at.FileID, name, "")
}

// complete ends an upload; with a channel it is shown there.
func (b *Bot) complete(ctx context.Context, id, title, channel string) error {
	_, err := b.cfg.API.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files: []slack.FileSummary{{ID: id, Title: title}}, Channel: channel})
	if err != nil {
		return fmt.Errorf("upload %s: %w", title, err)
	}
	return nil
}
