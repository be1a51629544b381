package bot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"cairn/bot/suggest"
)

// pronouns are the words by which a message speaks of them, and of us.
type pronouns struct{ you, we *regexp.Regexp }

func pronoun(list string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + list + `)$`) }

// pronounsIn has the languages that notes are read in. Words that mean
// something else as often ("ci" in Italian, "nos" in Portuguese) are left out.
// The polite German and Italian forms are told by their capital.
var pronounsIn = map[string]pronouns{
	suggest.UsualLanguage: {pronoun(`(?i:you|your|yours|yourself|yourselves)`), pronoun(`(?i:we|our|ours|us|me|my|mine|ourselves|myself)|I`)},
	"de": {pronoun(`(?i:du|dich|dir|dein|deine[mnrs]?|euch|euer|eure[mnrs]?)|Sie|Ihnen|Ihr|Ihre[mnrs]?|ihr`),
		pronoun(`(?i:wir|uns|unser|unsere[mnrs]?|ich|mich|mir|mein|meine[mnrs]?)`)},
	"fr": {pronoun(`(?i:vous|votre|vos|vôtres?|tu|te|toi|ton|ta|tes)`), pronoun(`(?i:nous|notre|nos|nôtres?|je|j|me|m|moi|mon|ma|mes)`)},
	"es": {pronoun(`(?i:usted|ustedes|tú|tu|tus|te|ti|contigo|tuy[oa]s?|vosotr[oa]s|vuestr[oa]s?|os|su|sus|suy[oa]s?)`),
		pronoun(`(?i:nosotr[oa]s|nos|nuestr[oa]s?|yo|me|mí|mi|mis|mí[oa]s?|conmigo)`)},
	"it": {pronoun(`(?i:voi|vi|vostr[oaie]|tu|ti|te|tuo|tua|tuoi|tue)|Lei|Suo|Sua|Suoi|Sue`),
		pronoun(`(?i:noi|nostr[oaie]|io|mi|me|mio|mia|miei|mie)`)},
	"pt": {pronoun(`(?i:você|vocês|tu|te|ti|contigo|teus?|tuas?|seus?|suas?|lhes?|voss[oa]s?|convosco)`),
		pronoun(`(?i:nós|noss[oa]s?|connosco|conosco|eu|me|mim|meus?|minhas?|comigo)`)},
	"nl": {pronoun(`(?i:u|uw|uwe|jij|je|jou|jouw|jullie)`), pronoun(`(?i:wij|we|ons|onze|ik|me|mij|mijn)`)},
}

var address = regexp.MustCompile(`https?://\S+`)

// youWe counts how often a text speaks of them and of us, in the language that
// it is written in; where that cannot be told, in the one of which it has most
// such words, English before all others. Addresses are no words of the writer's.
func youWe(text string) (you, we int) {
	text = address.ReplaceAllString(text, " ")
	if p, ok := pronounsIn[suggest.LanguageOf(text)]; ok {
		return p.count(text)
	}
	you, we = pronounsIn[suggest.UsualLanguage].count(text)
	for _, code := range []string{"de", "fr", "es", "it", "pt", "nl"} {
		if y, w := pronounsIn[code].count(text); y+w > you+we {
			you, we = y, w
		}
	}
	return you, we
}

func (p pronouns) count(text string) (you, we int) {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch {
		case p.you.MatchString(w):
			you++
		case p.we.MatchString(w):
			we++
		}
	}
	return you, we
}

// readingLine tells whether a message speaks more of them than of us.
func readingLine(text string) string {
	you, we := youWe(text)
	verdict := "it is about them"
	switch {
	case you == 0 && we == 0:
		verdict = "it speaks of nobody; say what they get"
	case you < we:
		verdict = "it is more about us than about them"
	case you == we:
		verdict = "as much about us as about them; one “we” less would do it good"
	}
	return fmt.Sprintf("you/your %d, I/we/our %d: %s.", you, we, verdict)
}
