package coach

import (
	"slices"
	"strings"
	"time"
)

// A note also holds what its author makes of people: how somebody feels, what they seem to
// think or do not know, what their boss is like. That helps the author, and is none of what
// the contact said or wants: no message to them may quote it.

var (
	// moods are what an author sees in somebody, and nobody is told of themselves.
	moods = wordsOf(`embarrassed embarrassing ashamed nervous overwhelmed confused clueless helpless desperate insecure shy hesitant reluctant sceptical skeptical suspicious annoyed
		irritated angry upset grumpy moody rude stubborn arrogant lazy bored stressed tired exhausted unsure uncertain lonely jealous panicking panicked panics
		peinlich verlegen beschämt nervös überfordert verwirrt ratlos hilflos verzweifelt unsicher schüchtern zögerlich skeptisch misstrauisch genervt verärgert wütend sauer mürrisch stur
		faul gelangweilt gestresst müde erschöpft panik
		honteux honteuse nerveux nerveuse timide hésitant hésitante réticent réticente sceptique méfiant méfiante têtu têtue paresseux paresseuse
		escéptico escéptica vergüenza esitante diffidente vergogna hesitante relutante cético cética vergonha
		beschaamd gegeneerd zenuwachtig nerveus overweldigd overspannen verward radeloos hulpeloos wanhopig onzeker aarzelend sceptisch wantrouwig geïrriteerd geërgerd boos koppig gestrest moe uitgeput`,
		participles("gêné embarrassé dépassé débordé désemparé désespéré agacé énervé fâché stressé fatigué épuisé", french...),
		participles("avergonzad nervios agobiad abrumad confundid desesperad tímid indecis reaci desconfiad molest enfadad enojad terc estresad cansad agotad insegur", "o", "a"),
		participles("imbarazzat nervos sopraffatt confus disorientat disperat timid resti scettic infastidit seccat arrabbiat testard stressat stanc esaust insicur", "o", "a"),
		participles("envergonhad sobrecarregad chatead irritad zangad teimos stressad exaust", "o", "a"))
	// seeming tells that the author guesses.
	seeming = wordsOf(`seems seemed seem sounds sounded feels felt appears apparently probably presumably guess impression suspect
		scheint schien wirkt wirkte klingt klang vermutlich wahrscheinlich anscheinend offenbar eindruck vermute
		semble semblait paraît parait apparemment probablement impression parece parecía parecia aparentemente probablemente seguramente impresión
		sembra sembrava pare probabilmente apparentemente impressione provavelmente impressão lijkt leek klinkt klonk blijkbaar waarschijnlijk vermoedelijk indruk`)
	// knowing, with one of denying close before it, is what they do not know; of some the
	// denial stands behind: "weiß nicht".
	knowing      = wordsOf("know knows knew weiß weiss wusste sait savait sabe sabía sapeva weet wist")
	deniedBehind = wordsOf("weiß weiss wusste sait savait weet wist")
	// knowledge is the same as a thing: whatever stands between it and its denial, "doesn't have
	// a clue", "non ne ha idea".
	knowledge = wordsOf("idea ideas clue clues ahnung schimmer idée notion ideia idee benul")
	denying   = wordsOf("no not t dont never without nicht kein keine keinen keinerlei nie ohne kaum pas aucun aucune ni sans sin ningún ninguna non nessun nessuna senza não nem nenhuma sem niet geen zonder")
	// feelings are no subject to begin a message with, though what they are about may be one.
	feelings = wordsOf(`worried worries afraid scared concerned anxious fear fears frustrated disappointed unhappy besorgt sorgen angst frustriert enttäuscht unzufrieden inquiet inquiète peur
		preocupado preocupada miedo preoccupato preoccupata paura medo bezorgd bang gefrustreerd teleurgesteld`,
		participles("frustré déçu", french...), participles("frustrad decepcionad frustrat delus", "o", "a"))
	// others are people around the contact.
	others = wordsOf(`boss bosses manager managers director directors colleague colleagues coworker coworkers assistant secretary wife husband successor predecessor ceo cfo cto coo cio
		chef chefin vorgesetzter vorgesetzte kollege kollegin kollegen kolleginnen geschäftsführer geschäftsführerin assistent assistentin nachfolger nachfolgerin vorgänger vorgängerin
		patron patronne cheffe collègue collègues directeur directrice assistante mari jefe jefa jefes colega colegas compañero compañera directora asistente marido esposa
		capo collega colleghi colleghe direttore direttrice assistente marito moglie chefe diretor diretora baas opvolger voorganger`)
	// toolsOf behind one of them are things made for such people: "manager view"; in the Romance
	// languages they stand before, "vue directeur".
	toolsOf = wordsOf(`view views dashboard dashboards report reports reporting portal app login logins access account accounts role roles rights level summary overview edition version licence license licences licenses seats
		ansicht übersicht bericht zugang auswertung overzicht rapportage toegang`)
	toolsFor = wordsOf("vue tableau rapport accès rôle vista informe panel acceso relatório painel acesso cruscotto accesso")
	// acting are those of toolsOf that people do as well, where more follows: "her manager reports poor morale".
	acting = wordsOf("views reports")
	// belonging before one of others tells whose boss it is, which no name of a thing does.
	belonging = wordsOf("her his their ihr ihre sein seine deren son sa ses leur leurs su sus suo sua suoi sue seu seus suas zijn haar hun")
)

// Quotable reports whether words stand in a note, written on the day of at, as something that
// the contact said or wants, and that may be told to themselves, once at least: no act of ours,
// no step, and no remark of the author's.
func (c *Coach) Quotable(note string, at time.Time, words, contact string) bool {
	for _, p := range piecesOf(words) {
		if p.has(feelings) {
			return false
		}
	}
	no, all := c.asideOf(note, at, contact), piecesOf(note)
	return standsIn(note, words, func(from, to int) bool {
		return !no.takes(from, to) && !slices.ContainsFunc(all, func(p piece) bool { return span{p.from, p.to}.meets(from, to) && p.isRemark() })
	})
}

// WithoutRemarks is what of such words may be told to the contact themselves; empty where
// nothing may.
func WithoutRemarks(words string) string {
	var left []string
	all := piecesOf(words)
	for _, p := range all {
		if !p.isRemark() {
			left = append(left, strings.TrimSpace(words[p.from:p.to]))
		}
	}
	if len(left) == len(all) {
		return words
	}
	return strings.Join(left, ", ")
}

// isRemark reports whether a piece is what the author makes of somebody, or is about one of
// the people around the contact.
func (p piece) isRemark() bool {
	return p.has(moods) || p.has(seeming) || p.knowsNot() || p.unknowing() || p.aboutOthers()
}

func (p piece) has(set words) bool {
	return slices.ContainsFunc(p.words, func(w spoken) bool { return set[w.word] })
}

// Within how many words before and behind knowing its denial stands.
const (
	deniedBefore = 2
	deniedAfter  = 3
)

// knowsNot reports whether the piece tells what somebody does not know, where "wants to know
// why there is no audit trail" tells what they want to.
func (p piece) knowsNot() bool {
	denied := false
	for i := range p.words {
		if denied = denied || denying[p.at(i)]; denied && knowledge[p.at(i)] {
			return true
		}
		if !knowing[p.at(i)] {
			continue
		}
		for k := i - deniedBefore; k <= i+deniedAfter; k++ {
			if denying[p.at(k)] && (k < i || deniedBehind[p.at(i)]) {
				return true
			}
		}
	}
	return false
}

// unknowing is Italian, whose "sa" is French for "hers".
func (p piece) unknowing() bool {
	for i := range p.words {
		if p.at(i) == "non" && p.at(i+1) == "sa" {
			return true
		}
	}
	return false
}

// subjectWithin is within how many words a piece names whom it is about.
const subjectWithin = 3

// isTool reports whether the one of others at word i only tells for whom a thing is made.
func (p piece) isTool(i int) bool {
	next := p.at(i + 1)
	return toolsFor[p.at(i-1)] || toolsOf[next] && !(acting[next] && p.at(i+2) != "")
}

// aboutOthers reports whether somebody around the contact begins the piece: "her boss is
// against it", where "told us that her boss is against it" is what the contact told.
func (p piece) aboutOthers() bool {
	i := 0
	if opens[p.at(0)] {
		i = 1
	}
	for end := i + subjectWithin; i < end; i++ {
		switch w := p.at(i); {
		case others[w]:
			return belonging[p.at(0)] || !p.isTool(i)
		case they[w], theirActs[w]:
			return false
		}
	}
	return false
}
