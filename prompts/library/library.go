// Package library holds the sample library that goes with the binary, and the
// wordlore by which content is matched to contacts. Both are files that content
// people edit; bot/suggest reads them, strictly.
package library

import "embed"

// Files holds library.csv (the sample items), matching.yaml (the wordlore) and
// common.txt (how often words stand in sales notes, counted on labelled ones).
//
//go:embed library.csv matching.yaml common.txt
var Files embed.FS
