package line

import (
	"strings"
	"sync"
	"time"
)

// A time of the year: a season, what lies behind a feast or the holidays, a part
// of a year, a week by its number. They are vague: a day to come back on, or a
// limit, and never the day of a talk.

// season is a quarter of the year by the weather, as the northern half has it: 0 is
// spring, 3 winter.
type season int

// seasonSaid is a season as it was said: with a "next", or without.
type seasonSaid struct {
	season
	next bool
}

// seasonWords are seasons with the small words before them that make them a time
// to come: "fall" and "spring" alone are verbs, and "last summer" lies behind.
var seasonWords = sync.OnceValue(func() *lexicon[seasonSaid] {
	var rows []row[seasonSaid]
	for _, l := range [...]struct {
		before string
		names  [4]string
	}{
		{`in|in the|by|by the|until|until the|till|till the|from|for the|this|next|coming|this coming|in early|early in the|early|in late|late in the|late|before the`, [4]string{`spring`, `summer|summer time`, `autumn|fall`, `winter`}},
		{`im|ab|ab dem|bis|bis zum|zum|fur den|im kommenden|im nachsten|nachsten|nachstes|kommenden|kommendes|diesen|dieses|anfang|im spaten|vor dem`, [4]string{`fruhjahr|fruhling`, `sommer`, `herbst`, `winter`}},
		{`en|en la|en el|para|para la|para el|hasta|hasta la|hasta el|proxima|la proxima|este|esta`, [4]string{`primavera`, `verano`, `otono`, `invierno`}},
		{`au|en|pour|pour l|d'ici|avant l|cet|l`, [4]string{`printemps`, `ete`, `automne`, `hiver`}},
		{`na|no|ate a|ate o|para a|para o|neste|nesta`, [4]string{`primavera`, `verao`, `outono`, `inverno`}},
		{`in|a|d|entro l|entro la|per l|per la|la prossima|la|l`, [4]string{`primavera`, `estate`, `autunno`, `inverno`}},
		{`in het|in de|dit|deze|volgend|komend|tegen het|tegen de|voor het`, [4]string{`voorjaar|lente`, `zomer`, `najaar|herfst`, `winter`}},
	} {
		for s, names := range l.names {
			for before := range strings.SplitSeq(l.before, "|") {
				rows = append(rows, spelled(seasonSaid{season(s), isNext(before)}, before, names)...)
			}
		}
	}
	return newLexicon(rows)
})

// isNext reports whether words before a season say that it has not begun.
func isNext(before string) bool {
	for _, next := range [...]string{"next", "nachste", "proxima", "prossima", "volgend"} {
		if strings.Contains(before, next) {
			return true
		}
	}
	return false
}

// yearPart is a quarter or a half of a year.
type yearPart struct {
	first  time.Month
	months time.Month
	end    bool // its end is meant
	next   bool // next year's
}

// yearParts are quarters and halves with the small words before them.
var yearParts = sync.OnceValue(func() *lexicon[yearPart] {
	var rows []row[yearPart]
	for _, l := range [...]struct {
		begins, ends string
		names        []string // four quarters, or two halves
	}{
		{`in|by|for|until|till|from|early|in early|start of|beginning of`, `end of|by end of|by the end of|before the end of|late|in late|late in`, []string{`q1`, `q2`, `q3`, `q4`}},
		{`|in the|by the|for the|until the|from the|early in the|start of the|beginning of the`, `end of the|by the end of the|late in the`, []string{`first quarter`, `second quarter`, `third quarter`, `fourth quarter`}},
		{`im|ab|ab dem|anfang`, `ende|bis ende|ende des|bis ende des`, []string{`q1`, `q2`, `q3`, `q4`}},
		{`|im|ab dem|anfang des`, `ende des|bis ende des`, []string{`1 quartal|1 quartals|erstes quartal|ersten quartal|ersten quartals`, `2 quartal|2 quartals|zweites quartal|zweiten quartal|zweiten quartals`, `3 quartal|3 quartals|drittes quartal|dritten quartal|dritten quartals`, `4 quartal|4 quartals|viertes quartal|vierten quartal|vierten quartals`}},
		{`en|en el`, `fin de|a fin de|finales de|a finales de`, []string{`q1`, `q2`, `q3`, `q4`}},
		{`no`, `fim do|ate o fim do`, []string{`q1`, `q2`, `q3`, `q4`}},
		{`nel`, `fine|a fine|entro fine`, []string{`q1`, `q2`, `q3`, `q4`}},
		{`in|by|for|until|till|from|early|in early`, `end of|by end of|by the end of`, []string{`h1`, `h2`}},
		{`in the|by the`, `end of the|by the end of the`, []string{`first half of the year|first half of this year`, `second half|second half of the year|second half of this year`}},
		{`|im|ab dem`, `ende des|bis ende des`, []string{`1 halbjahr|1 halbjahres|erstes halbjahr|ersten halbjahr|ersten halbjahres`, `2 halbjahr|2 halbjahres|zweites halbjahr|zweiten halbjahr|zweiten halbjahres`}},
	} {
		for i, names := range l.names {
			months := 12 / len(l.names)
			p := yearPart{first: time.Month(i*months + 1), months: time.Month(months)}
			rows = append(rows, spelled(p, l.begins, names)...)
			p.end = true
			rows = append(rows, spelled(p, l.ends, names)...)
		}
	}
	for i, half := range [...]string{`first half of next year`, `second half of next year`} { // without "next year" a half may be of anything
		rows = append(rows, spelled(yearPart{first: time.Month(6*i + 1), months: 6, next: true}, `|in the|by the`, half)...)
	}
	return newLexicon(rows)
})

// spelled is a row of each small word before each name.
func spelled[T any](value T, before, names string) (rows []row[T]) {
	for b := range strings.SplitSeq(before, "|") {
		for name := range strings.SplitSeq(names, "|") {
			rows = append(rows, row[T]{value, strings.TrimSpace(b + " " + name)})
		}
	}
	return rows
}

// occasion is something after which people are back.
type occasion int

const (
	theSummer occasion = iota
	theTurn            // of the year: Christmas, New Year
	easter
	easterBreak
	whitsun
	autumnBreak
	someHolidays // which ones, the time of the year says
)

var occasionWords = sync.OnceValue(func() *lexicon[occasion] {
	return newLexicon([]row[occasion]{
		{theSummer, `after the summer|after summer|after the summer holidays|after the summer holiday|after the summer break|after the summer vacation|after summer break|after his summer holiday|after her summer holiday|
			nach dem sommer|nach den sommerferien|nach der sommerpause|nach dem sommerurlaub|nach den grossen ferien|
			despues del verano|tras el verano|a la vuelta del verano|apres l'ete|a la rentree|apres les vacances d'ete|depois do verao|depois das ferias de verao|dopo l'estate|dopo le ferie|dopo ferragosto|na de zomer|na de zomervakantie|na de bouwvak`},
		{theTurn, `after christmas|after xmas|after new year|after new year's|after the new year|after the turn of the year|after the christmas holidays|after the christmas break|in the new year|until the new year|till the new year|until new year|till new year|bis neujahr|bis zum neuen jahr|hasta el ano nuevo|jusqu'au nouvel an|fino al nuovo anno|tot het nieuwe jaar|early in the new year|in new year|
			nach weihnachten|nach den weihnachtsferien|nach den feiertagen|nach neujahr|nach silvester|nach dem jahreswechsel|im neuen jahr|anfang des neuen jahres|zu beginn des neuen jahres|nach heilig drei konig|nach dreikonig|
			despues de navidad|despues de navidades|despues de reyes|tras las fiestas|despues de las fiestas|pasadas las fiestas|en el ano nuevo|apres noel|apres les fetes|depois do natal|depois das festas|no ano novo|depois do ano novo|dopo natale|dopo le feste|dopo l'epifania|nel nuovo anno|na kerst|na de feestdagen|na nieuwjaar|na de kerstvakantie|in het nieuwe jaar`},
		{easter, `after easter|nach ostern|despues de semana santa|despues de pascua|tras semana santa|apres paques|depois da pascoa|dopo pasqua|na pasen`},
		{easterBreak, `after the easter holidays|after the easter break|after easter break|nach den osterferien|nach den osterfeiertagen`},
		{whitsun, `after whitsun|after pentecost|nach pfingsten|apres la pentecote|na pinksteren`},
		{autumnBreak, `nach den herbstferien|after half term|na de herfstvakantie|apres la toussaint`},
		{someHolidays, `after the holidays|after the holiday season|after the school holidays|after the break|nach den ferien|nach den schulferien|nach der ferienzeit|despues de las vacaciones|despues de vacaciones|a la vuelta de vacaciones|apres les vacances|depois das ferias|dopo le vacanze|na de vakantie`},
	})
})

// beforeOccasions are limits that an occasion sets.
var beforeOccasions = sync.OnceValue(func() *lexicon[occasion] {
	return newLexicon([]row[occasion]{
		{theTurn, `before christmas|before xmas|by christmas|until christmas|till christmas|til christmas|until xmas|till xmas|before the christmas break|before the christmas holidays|vor weihnachten|noch vor weihnachten|bis weihnachten|vor den weihnachtsferien|avant noel|d'ici noel|avant les fetes|antes de navidad|antes de las fiestas|antes do natal|ate ao natal|ate o natal|hasta navidad|hasta navidades|jusqu'a noel|tot kerst|prima di natale|entro natale|fino a natale|voor kerst|voor de kerst`},
		{easter, `before easter|by easter|until easter|till easter|til easter|vor ostern|noch vor ostern|bis ostern|avant paques|d'ici paques|antes de semana santa|antes da pascoa|prima di pasqua|entro pasqua|fino a pasqua|hasta semana santa|hasta pascua|jusqu'a paques|ate a pascoa|tot pasen|voor pasen`},
	})
})

var (
	// againWords say that a talk is to be taken up once more.
	againWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`again|once more|wieder|nochmal|nochmals|noch mal|noch einmal|erneut|de nuevo|otra vez|a nouveau|de nouveau|encore une fois|de novo|novamente|outra vez|di nuovo|ancora|opnieuw|weer|nog eens`)
	})
	// notBefore says that nothing is to be done before the day behind it.
	notBefore = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`not before|not until|not till|no sooner than|earliest|at the earliest|erst|erst wieder|fruhestens|nicht vor|no antes de|pas avant|nao antes de|non prima di|niet voor|pas`)
	})
	// leadWords may open a clause that says when to come back.
	leadWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`and|but|then|so|rather|better|only|please|ok|und|aber|dann|also|lieber|besser|bitte|oder|y|pero|mejor|et|mais|plutot|e|mas|melhor|ma|meglio|solo|maar|dan`)
	})
	// infinitives close a German or Dutch clause that says what to do.
	infinitives = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`anrufen|melden|nachfassen|nachhaken|nachfragen|anfragen|ansprechen|kontaktieren|besuchen|vorbeischauen|vorbeigehen|zugehen|zukommen|zu|versuchen|probieren|telefonieren|sprechen|reden|schicken|senden|zuschicken|anschreiben|anbieten|einladen|erinnern|wiederkommen|vorbeikommen|zuruckkommen|bellen|terugkomen|langskomen|contacteren|opnemen|aankloppen|terugbellen|nabellen|mailen|sturen|bezoeken|spreken|opvolgen`)
	})
	// laterWords put off.
	laterWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`not|no|never|later|busy|frozen|postponed|on hold|on ice|too early|nicht|kein|keine|keinen|keinerlei|spater|verschoben|vertagt|zu fruh|auf eis|nie|ahora no|no hay|mas adelante|pas|plus tard|aucun|trop tot|agora nao|mais tarde|nao|sem|non|niente|piu avanti|niet|geen|te vroeg`)
	})
)
