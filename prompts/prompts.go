package prompts

import "embed"

//go:embed journeys
var embedded embed.FS
