package workshop

import (
	"context"

	"cairn/store"
)

// lookBack finds, for each live version that this binary cannot use, the last one that was
// live and can be used, by the log: a process that just began has none in memory, and is to
// answer as the others do.
func (l *Live) lookBack(ctx context.Context, was *view, state store.PromptState) error {
	for _, s := range state.Labels {
		key := pieceKey{s.TeamID, s.File, s.Live}
		if _, known := l.before[key]; known || !l.bad[key] {
			continue
		}
		if before := was.teams[s.TeamID]; before != nil && before.labels[s.File].Live > 0 { // it is in force here
			continue
		}
		number, err := l.lastUsable(ctx, key)
		if err != nil {
			return err
		}
		l.before[key] = number
		l.log.Warn("prompts: the last version that was live and can be used is in force", "team", key.team, "file", key.file, "version", number, "instead_of", key.number)
	}
	return nil
}

// lastUsable is the version that was live last before one that cannot be used, and can be;
// 0 where that is the file, or there is none.
func (l *Live) lastUsable(ctx context.Context, of pieceKey) (int, error) {
	numbers, err := l.src.PromptLiveBefore(ctx, of.team, of.file)
	if err != nil {
		return 0, err
	}
	for _, n := range numbers {
		key := pieceKey{of.team, of.file, n}
		if _, ok := l.pieces[key]; !ok && n > 0 && !l.bad[key] {
			versions, err := l.src.PromptVersions(ctx, of.team, of.file, []int{n})
			if err != nil {
				return 0, err
			}
			for _, v := range versions {
				l.keep(key, v.Text)
			}
		}
		if _, ok := l.pieces[key]; ok || n == 0 {
			return n, nil
		}
	}
	return 0, nil
}
