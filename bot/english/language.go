package english

// languages are the names of those that Cairn writes in and that people ask for, by their
// code (ISO 639-1).
var languages = map[string]string{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
	"pl": "Polish", "tr": "Turkish", "ar": "Arabic", "ru": "Russian", "uk": "Ukrainian", "ro": "Romanian", "cs": "Czech", "hu": "Hungarian",
	"sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cy": "Welsh", "zh": "Chinese"}

// Language names a language by its code; of one that it does not know, the code.
func Language(code string) string {
	if name := languages[code]; name != "" {
		return name
	}
	return code
}
