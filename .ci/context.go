// Command context copies a checkout as `docker build` sees it: without what
// .dockerignore keeps away. .ci/run builds the image's binary in the copy, so
// that a file which the binary needs and the image would not get is noticed
// where there is no Docker.
//
//	go run -modfile=.ci/tools.mod .ci/context.go CHECKOUT COPY
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "context: wants a checkout and a folder to copy it into")
		os.Exit(2)
	}
	if err := context(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "context:", err)
		os.Exit(1)
	}
}

func context(from, to string) error {
	f, err := os.Open(filepath.Join(from, ".dockerignore"))
	if err != nil {
		return err
	}
	defer f.Close()
	rules, err := ignorefile.ReadAll(f)
	if err != nil {
		return err
	}
	matcher, err := patternmatcher.New(rules)
	if err != nil {
		return err
	}
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil || name == "." {
			return err
		}
		// a folder that is kept away may hold something that a later rule lets in
		away, err := matcher.MatchesOrParentMatches(filepath.ToSlash(name))
		if err != nil || away || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		at := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		return os.WriteFile(at, data, 0o644)
	})
}
