package line

import (
	"regexp"
	"strings"
	"sync"
)

// Courtesy reports whether a text is thanks, or says that all is well, and nothing else:
// "thanks a lot", "ok, danke", "👍". thanks tells whether there are thanks in it.
func Courtesy(text string) (polite, thanks bool) {
	text = emoji.ReplaceAllString(smileys.ReplaceAllString(text, " "), " ok ")
	if strings.ContainsAny(text, ":：?") {
		return false, false
	}
	toks := tokenize(Key(text))
	for i := 0; i < len(toks); {
		said, n := courtesies().at(toks, i)
		if n == 0 {
			return false, false
		}
		polite, thanks = polite || said != besideThanks, thanks || said == givesThanks
		i += n
	}
	return polite, thanks
}

var (
	emoji   = regexp.MustCompile(`:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:|:\+1:|[👍🙏🙂😊👌]`)
	smileys = regexp.MustCompile(`(?:^|\s)[:;]-?[)DP]+`)
)

// courtesy is what words of it say.
type courtesy int

const (
	besideThanks courtesy = iota // nothing by themselves
	allIsWell
	givesThanks
)

var courtesies = sync.OnceValue(func() *lexicon[courtesy] {
	return newLexicon([]row[courtesy]{
		{givesThanks, `thanks|thank you|thank u|thx|thanx|tnx|ty|cheers|appreciated|appreciate it|danke|danke dir|danke schon|dankeschon|vielen dank|besten dank|herzlichen dank|merci|gracias|grazie|obrigado|obrigada|valeu|bedankt|dank je|dank je wel|dankjewel|dank u|dank u wel`},
		{allIsWell, `ok|okay|okey|oke|yes|yep|yeah|sure|fine|good|great|perfect|excellent|cool|nice|super|got it|all right|alright|will do|noted|understood|ja|gut|alles klar|passt|klar|prima|perfekt|verstanden|in ordnung|oui|daccord|tres bien|parfait|compris|entendu|
			si|vale|de acuerdo|perfecto|claro|entendido|va bene|perfetto|certo|capito|daccordo|sim|ta bom|tudo bem|beleza|perfeito|entendi|goed|begrepen|top|geweldig`},
		{besideThanks, `a lot|so much|very much|much|many|again|cairn|you|all|bien|beaucoup|muchas|mil|mille|molte|muito|muita|hartelijk|sehr|schon|mal|then|und|and|e|et|y|en`},
	})
})
