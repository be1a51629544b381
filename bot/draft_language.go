package bot

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/store"
)

// The built-in draft is in the contact's language: each has a wording of its own.

// draftPrompt is the wording of the draft in the usual language.
const draftPrompt = "draft-message-builtin"

// draftLanguages are the languages of which there is a wording, the usual one first.
var draftLanguages = []string{suggest.UsualLanguage, "de", "fr", "es", "it", "pt", "nl"}

// draftPromptIn is the wording in a language.
func draftPromptIn(code string) string {
	if code == suggest.UsualLanguage {
		return draftPrompt
	}
	return draftPrompt + "-" + code
}

// languageOfDraft is that of a wording of the draft; ok is false for other wordings.
func languageOfDraft(name string) (code string, ok bool) {
	i := slices.IndexFunc(draftLanguages, func(code string) bool { return draftPromptIn(code) == name })
	if i < 0 {
		return "", false
	}
	return draftLanguages[i], true
}

// draftLanguage is the one in which a contact is written to: theirs if it is told,
// else that of the item, else that of the notes about them.
func draftLanguage(c store.Contact, item suggest.Item, recent []store.Heard, person string) string {
	given := item.Language
	if given == suggest.UsualLanguage { // what is in English is given to everybody: it tells nothing of them
		given = ""
	}
	return cmp.Or(writtenIn(c.Language, given, notedIn(recent, person)), suggest.UsualLanguage)
}

// inTongue tells of an item in which language it is, in the language of the message.
var inTongue = map[string]map[string]string{
	suggest.UsualLanguage: {"de": "in German", "fr": "in French", "es": "in Spanish", "it": "in Italian", "pt": "in Portuguese", "nl": "in Dutch"},
	"de":                  {"en": "auf Englisch", "fr": "auf Französisch", "es": "auf Spanisch", "it": "auf Italienisch", "pt": "auf Portugiesisch", "nl": "auf Niederländisch"},
	"fr":                  {"en": "en anglais", "de": "en allemand", "es": "en espagnol", "it": "en italien", "pt": "en portugais", "nl": "en néerlandais"},
	"es":                  {"en": "en inglés", "de": "en alemán", "fr": "en francés", "it": "en italiano", "pt": "en portugués", "nl": "en neerlandés"},
	"it":                  {"en": "in inglese", "de": "in tedesco", "fr": "in francese", "es": "in spagnolo", "pt": "in portoghese", "nl": "in olandese"},
	"pt":                  {"en": "em inglês", "de": "em alemão", "fr": "em francês", "es": "em espanhol", "it": "em italiano", "nl": "em holandês"},
	"nl":                  {"en": "in het Engels", "de": "in het Duits", "fr": "in het Frans", "es": "in het Spaans", "it": "in het Italiaans", "pt": "in het Portugees"},
}

// foreignIn tells in a message in one language of an item in another which that is;
// empty where it is in the message's own, or in one that nothing names.
func foreignIn(code, item string) string { return inTongue[code][item] }

// writtenIn is the first of these languages in which there is a wording: the one that
// was told of somebody, that of what is given, and that of notes; empty where none says.
// Who was told to speak another is written to in the usual one.
func writtenIn(told, given, noted string) string {
	told = strings.ToLower(told)
	if told != "" && !slices.Contains(draftLanguages, told) {
		return suggest.UsualLanguage
	}
	for _, code := range [...]string{told, given, noted} {
		if slices.Contains(draftLanguages, code) {
			return code
		}
	}
	return ""
}

// tongueOf is the language of a wording that is only for those who are written to in
// it; empty: it is for everybody.
func tongueOf(prompt string) string {
	code, _ := languageOfDraft(prompt)
	return code
}

// notesForLanguage is from how many of the latest notes a language is told.
const notesForLanguage = 4

// notedIn is the language of the latest notes about a contact, newest first: of the
// person's own, and where none of them is theirs, of their colleagues', of which nobody
// is shown a word for that. Notes that a command wrote are in its words, and left out.
func notedIn(recent []store.Heard, person string) string {
	var own, others []string
	for _, h := range recent {
		switch {
		case coach.IsCommandNote(h.Note):
		case h.AuthorID == person:
			own = append(own, h.Note)
		default:
			others = append(others, h.Note)
		}
	}
	if len(own) == 0 {
		own = others
	}
	return suggest.LanguageOf(strings.Join(own[:min(len(own), notesForLanguage)], "\n"))
}

// tongues fills in in which language contacts are written to, as [draftLanguage] has it,
// as far as that is known before anything is chosen for them.
func (b *Bot) tongues(ctx context.Context, r *chat.Request, contacts []store.Preview) error {
	ids := make([]int64, len(contacts))
	for i, c := range contacts {
		ids[i] = c.ID
	}
	notes, err := b.store.NotesToTell(ctx, r.TeamID, ids)
	if err != nil {
		return err
	}
	for i, c := range contacts {
		contacts[i].Language = writtenIn(c.Told, "", notedIn(notes[c.ID], r.PersonID))
	}
	return nil
}

// willDo tells, by language, what they said they would do in words that follow
// "you wanted to": and whose words would turn round when told to themselves.
var willDo = map[string]struct{ act, turns *regexp.Regexp }{
	suggest.UsualLanguage: {regexp.MustCompile(`(?i)^(?:(?:she|he|they)(?:['’]ll| will)|will) (.+)$`), regexp.MustCompile(`(?i)\b(her|his|him|their|them|me|us|my|our)\b`)},
	"de":                  {regexp.MustCompile(`(?i)^(?:sie|er)? ?(?:wird|werden|will|wollen) (.+(?:en|ern|eln))$`), regexp.MustCompile(`(?i)\b(ihr|ihre[mnrs]?|sein|seine[mnrs]?|sich|mich|mir|uns|unser|unsere[mnrs]?)\b`)},
	"fr":                  {regexp.MustCompile(`(?i)^(?:elle|il|elles|ils)? ?(?:va|vont|doit|doivent) (.+)$`), regexp.MustCompile(`(?i)\b(son|sa|ses|leurs?|se|me|nous|lui)\b|\b[sm]['’]`)},
	"es":                  {regexp.MustCompile(`(?i)^(?:ella|él|ellos|ellas)? ?(?:va|van) a (.+)$`), regexp.MustCompile(`(?i)\b(sus?|nos|me|se|les?)\b|(?:me|nos|se)$`)},
	"it":                  {regexp.MustCompile(`(?i)^(?:lei|lui|loro)? ?(?:deve|devono|vuole|vogliono) (.+)$`), regexp.MustCompile(`(?i)\b(suo|sua|suoi|sue|loro|ci|mi|si)\b|(?:rmi|rci|rsi)\b`)},
	"pt":                  {regexp.MustCompile(`(?i)^(?:ela|ele|elas|eles)? ?(?:vai|vão) (.+)$`), regexp.MustCompile(`(?i)\b(seus?|suas?|me|nos|se|lhes?|dele|dela)\b`)},
	"nl":                  {regexp.MustCompile(`(?i)^(?:zij|ze|hij)? ?(?:zal|zullen|gaat|gaan|wil|willen) (.+)$`), regexp.MustCompile(`(?i)\b(haar|zijn|hun|hem|zich|me|mij|ons|onze)\b`)},
}

// theirStep is a step of theirs as it can be told to themselves in a language;
// empty where the note's words are in another, or would turn round.
func theirStep(steps []store.Step, author, code string) string {
	for _, s := range steps {
		if s.Whose != "them" || s.PersonID != author {
			continue
		}
		what := strings.TrimRight(s.What, ".")
		if m := willDo[code].act.FindStringSubmatch(what); m != nil && !willDo[code].turns.MatchString(m[1]) {
			return m[1]
		}
	}
	return ""
}
