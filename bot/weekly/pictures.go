package weekly

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/digest"
	"cairn/bot/post"
	"cairn/store"
)

// Uploading a file is not the post that shows it: done twice, it leaves a file
// that nobody sees. So pictures are uploaded first, and shown by a message of
// the outbox's like any other, under a key of its own.
const (
	pictureTries = 5
	// pictureRest lets Slack finish with an upload before a message shows it.
	pictureRest = 5 * time.Second
)

// pictures uploads and shows the pictures that are still to come.
func (b *Board) pictures(ctx context.Context) {
	all, err := b.Store.PictureDigests(ctx, b.Team)
	if err != nil {
		b.Grumble(ctx, "look for pictures", err)
		return
	}
	for _, d := range all {
		if ctx.Err() != nil {
			return
		}
		blocks, err := b.pictureBlocks(ctx, d)
		var p *store.Posting
		switch {
		case err == nil:
			p, err = b.picturePosting(d, blocks, b.Now().Add(pictureRest))
		case d.Tries+1 >= pictureTries && !errors.Is(err, errNoFigures):
			b.Grumble(ctx, "pictures are given up", err, "channel", d.Channel)
			p, err = b.picturePosting(d, b.pictureWords(d), b.Now())
		}
		if err != nil {
			b.Grumble(ctx, "upload pictures", err, "channel", d.Channel)
		}
		if err := b.Store.PicturesDone(ctx, d, p, pictureTries); err != nil {
			b.Grumble(ctx, "mark pictures", err, "channel", d.Channel)
			continue
		}
		if p != nil {
			b.Kick()
		}
	}
}

func (b *Board) picturePosting(d store.Digest, blocks []slack.Block, at time.Time) (*store.Posting, error) {
	p, err := post.ToChannel(d.TeamID, d.Channel, Key(d)+":pictures", post.Message{Text: "The week in pictures", Blocks: blocks, Under: Key(d)})
	p.NotBefore = at
	return &p, err
}

var errNoFigures = errors.New("the digest has no figures that can be read")

// drawn draws the pictures of a digest's frozen figures.
func (b *Board) drawn(d store.Digest) ([]digest.Picture, error) {
	found := b.frozen([]store.Digest{d})
	if len(found) == 0 {
		return nil, errNoFigures
	}
	movement, err := digest.Movement(found[0])
	if err != nil {
		return nil, err
	}
	all := []digest.Picture{movement}
	given, ok, err := digest.Given(found[0], b.stagesOfContent(d.TeamID))
	if err != nil {
		return nil, err
	}
	if ok {
		all = append(all, given)
	}
	return all, nil
}

func (b *Board) pictureBlocks(ctx context.Context, d store.Digest) ([]slack.Block, error) {
	all, err := b.drawn(d)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	for _, p := range all {
		id, err := b.Upload(ctx, "", p.Name, p.PNG, blockkit.Truncate(p.Alt, 1000))
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, &slack.ImageBlock{Type: slack.MBTImage, SlackFile: &slack.SlackFileObject{ID: id}, AltText: blockkit.Truncate(p.Alt, 2000)})
	}
	return blocks, nil
}

// pictureWords stand in the thread where the pictures could not be uploaded.
func (b *Board) pictureWords(d store.Digest) []slack.Block {
	all, err := b.drawn(d)
	if err != nil {
		return []slack.Block{blockkit.Context("The pictures of this week could not be drawn.")}
	}
	blocks := []slack.Block{blockkit.Context("The pictures could not be uploaded. In words:")}
	for _, p := range all {
		blocks = append(blocks, blockkit.Section(blockkit.Escape(p.Alt)))
	}
	return blocks
}
