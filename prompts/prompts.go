package prompts

import (
	"embed"
	"io/fs"
)

//go:embed *.prompt journeys/*.yaml cues/*.yaml
var embedded embed.FS

// Default returns the files that travel with the binary: *.prompt at the top,
// journeys/*.yaml and cues/*.yaml. The library has a room of its own.
func Default() fs.FS { return embedded }

// Journeys returns the journey models that travel with the binary.
func Journeys() fs.FS { return folder("journeys") }

// Cues returns the cue files of the built-in reading that travel with the
// binary.
func Cues() fs.FS { return folder("cues") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // only for a name that is no path at all
	}
	return sub
}
