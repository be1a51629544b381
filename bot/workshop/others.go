package workshop

import (
	"context"
	"maps"
	"sync/atomic"
	"time"
)

// Replicas with unequal folders answer by whoever is asked. Each keeps in the log what its
// own folder holds, once it changes; so one that finds there for a while what it did not
// keep has a neighbour with another folder.

const (
	// lookAtOthersEvery is how often what was kept last is looked at.
	lookAtOthersEvery = 30 * time.Second
	// otherFor is how long it has to be another for nobody to take it for a change that
	// is on its way to every machine.
	otherFor = 3 * time.Minute
)

// others is what is known of the folders of other replicas.
type others struct {
	looked time.Time   // when what was kept was looked at last
	since  time.Time   // when it was another first; zero: it is not
	differ atomic.Bool // for long enough to be told
}

// OthersDiffer reports whether another process on this database reads another folder.
func (l *Live) OthersDiffer() bool { return l.others.differ.Load() }

// lookAtOthers compares what was kept of the folder with what it holds here. Where the
// database does not answer, the next look does it.
func (l *Live) lookAtOthers(ctx context.Context) {
	o, now := &l.others, l.now()
	if !l.told || now.Sub(o.looked) < lookAtOthersEvery {
		return
	}
	kept, err := l.src.PromptFileHashes(ctx, l.team)
	if err != nil {
		return
	}
	o.looked = now
	own := map[string]string{}
	for file, text := range l.folder.own {
		own[file] = hashOf(text)
	}
	switch {
	case maps.Equal(kept, own):
		o.since = time.Time{}
		o.differ.Store(false)
	case o.since.IsZero():
		o.since = now
	case now.Sub(o.since) >= otherFor && !o.differ.Swap(true):
		l.log.Warn("prompts: another process on this database reads another CAIRN_PROMPTS_DIR; who asks is answered by either", "files_here", len(own), "files_there", len(kept))
	}
}
