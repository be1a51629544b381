package prompts

import (
	"embed"
	"io/fs"
)

//go:embed *.prompt journeys/*.yaml
var embedded embed.FS

// Default returns the files that travel with the binary: *.prompt at the top
// and journeys/*.yaml. Cues and the library have rooms of their own.
func Default() fs.FS { return embedded }

// Journeys returns the journey models that travel with the binary.
func Journeys() fs.FS {
	sub, err := fs.Sub(embedded, "journeys")
	if err != nil {
		panic(err) // the name above is not a valid path: a mistake in this line
	}
	return sub
}
