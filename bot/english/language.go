package english

// languages are the names of those that Cairn writes in, by their code (ISO 639-1).
var languages = map[string]string{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch"}

// Language names a language by its code; of one that it does not know, the code.
func Language(code string) string {
	if name := languages[code]; name != "" {
		return name
	}
	return code
}
