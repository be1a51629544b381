//go:build fit

package suggest

import (
	"fmt"
	"math"
	"strings"

	"cairn/bot/journey"
)

// The names by which model.go knows them.
var (
	purposeIdents = strings.Fields("forProof forSums forChecking forFilling forHowTo forReading forFigures forWatching forMeeting forPrice forSecurity forComparing forStart forTraining forReferral forStory forBrief forPlan")
	signIdents    = strings.Fields("signAlways signBest signLatest signBeside signStrange signStray signOutside signSpent signHad signCustomer signCycle signAge signOurs signTalk signAfterOurs signJustAck signAnswer signOnlyThat signOnly signRequest signPostponed signNoticed signHeard signBrought signQuiet signQuestion signWish signYes signMeeting signOffer signFeedback signCross signDoor signDeed signMore signSaw signOut signLong")
	hintIdents    = strings.Fields("hintTheirs hintEnough hintLater hintTrouble hintHard hintAway hintNotOurs hintOffice hintPersonal hintOurs hintUnknown hintDay hintWishes hintNo hintUntil hintAll hintNeed hintPlease hintUs")
)

// camel turns pass_on into PassOn.
func camel(name string) (s string) {
	for part := range strings.SplitSeq(name, "_") {
		s += strings.ToUpper(part[:1]) + part[1:]
	}
	return s
}

// print writes a model as it stands in model.go, without what is next to nothing.
func (m *model) print() {
	fmt.Println("var fitted = model{")
	for _, part := range []struct {
		name string
		w    [features]float64
	}{{"weights", m.weights}, {"asked", m.asked}, {"customer", m.customer}} {
		fmt.Printf("\t%s: [features]float64{\n", part.name)
		for f, w := range part.w {
			if math.Abs(w) >= 0.005 {
				fmt.Printf("\t\tf%s: %.2f,\n", camel(string(featureNames[f])), w)
			}
		}
		fmt.Printf("\t},\n")
	}
	fmt.Printf("\tpurposes: map[journey.Signal][purposes]float64{\n")
	for _, s := range journey.Signals() {
		line := ""
		for p, w := range m.purposes[s] {
			if math.Abs(w) >= 0.015 {
				line += fmt.Sprintf("%s: %.2f, ", purposeIdents[p], w)
			}
		}
		if line != "" {
			fmt.Printf("\t\tjourney.%s: {%s},\n", camel(string(s)), strings.TrimSuffix(line, ", "))
		}
	}
	fmt.Printf("\t},\n\tsigns: [signs]float64{\n")
	for s, w := range m.signs {
		name := "signHints + sign(" + hintIdents[max(0, s-int(signHints))] + ")"
		if s < int(signHints) {
			name = signIdents[s]
		}
		fmt.Printf("\t\t%s: %.2f,\n", name, w)
	}
	fmt.Printf("\t},\n}\n")
}
