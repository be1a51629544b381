package main

import (
	"errors"
	"fmt"
	"os"

	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/prompts"
)

type promptsCmd struct {
	Check promptsCheckCmd `cmd:"" help:"Tell what is wrong with prompts, journeys, cues and the library: file, line, how to mend it."`
}

type promptsCheckCmd struct {
	Dir string `arg:"" optional:"" help:"The folder; CAIRN_PROMPTS_DIR where none is named, and what travels with the binary where that is not set."`
}

// Run prints a line a mistake, and fails where there is one.
func (c promptsCheckCmd) Run(e *env) error {
	embedded, err := workshop.Shipped()
	if err != nil {
		return err
	}
	kinds, err := workshop.NewKinds(embedded)
	if err != nil {
		return err
	}
	check, name := kinds.CheckShipped, "what travels with the binary"
	if c.Dir == "" {
		c.Dir = e.config.PromptsDir
	}
	if c.Dir != "" {
		if info, err := os.Stat(c.Dir); err != nil || !info.IsDir() {
			return fmt.Errorf("%s is no folder that I can read", c.Dir)
		}
		check, name = func() (int, prompts.Problems, error) { return kinds.CheckFolder(os.DirFS(c.Dir)) }, c.Dir
	}
	read, found, err := check()
	if err != nil {
		return fmt.Errorf("check %s: %w", name, err)
	}
	for _, p := range workshop.Brief(found) {
		fmt.Fprintln(e.stdout, p.Error())
	}
	beside := ""
	if c.Dir != "" {
		ignored, err := workshop.Ignored(os.DirFS(c.Dir))
		if err != nil {
			return fmt.Errorf("look through %s: %w", name, err)
		}
		for _, file := range ignored {
			fmt.Fprintf(e.stdout, "%s: nothing reads this.\n", file)
		}
		if len(ignored) > 0 {
			beside = fmt.Sprintf(", and %s that nothing reads", english.Plural(len(ignored), "file"))
		}
	}
	switch n := workshop.Count(found); {
	case n > 0:
		return errors.New(english.Plural(n, "mistake") + beside)
	case read == 0:
		return fmt.Errorf("%s holds no prompt, journey, cue file or library", name)
	}
	fmt.Fprintf(e.stdout, "%s of %s: no mistake.\n", english.Plural(read, "file"), name)
	return nil
}
