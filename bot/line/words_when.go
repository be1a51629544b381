package line

import (
	"sync"
	"time"
)

// rel is what a phrase says of a day, counted from another day.
type rel struct {
	kind  relKind
	n     int // days, weekday, month, or the sign of a modifier
	tense tense
}

type relKind uint8

const (
	relDays        relKind = iota + 1 // n days from today
	relWeeks                          // n weeks from today, the day itself vague
	relMonths                         // n months from today, the first of that month when ahead
	relWeekend                        // the last working day of the week
	relSunday                         // the last day of the weekend
	relYearAway                       // n years
	relInWeek                         // that weekday of next week
	relMonthEnd                       // the last day of the month n months from today
	relMonthMid                       // the middle of it
	relYearEnd                        // the last day of the year n years from today
	relYearMid                        // the first of July of it
	relNextQuarter                    // the first day of the next quarter
	relQuarterEnd                     // the last day of the quarter n quarters from today
	relYears                          // n years from today
	relDayEnd                         // the end of today, or of the day beside it
)

// tense says whether a day lies behind, ahead, or whether other words decide.
type tense int8

const (
	behind tense = -1
	either tense = 0
	ahead  tense = 1
)

var dayWords = sync.OnceValue(func() *lexicon[rel] {
	return newLexicon([]row[rel]{
		{rel{relDays, 0, behind}, `today|this morning|this afternoon|this noon|earlier today|just now|tonight|this evening|heute|heute morgen|heute fruh|heute vormittag|heute mittag|heute nachmittag|gerade eben|hoy|esta manana|esta tarde|esta noche|aujourd'hui|ce matin|cet apres midi|ce midi|hoje|hoje de manha|hoje cedo|esta manha|oggi|stamattina|stamane|questa mattina|oggi pomeriggio|vandaag|vanmorgen|vanochtend|vanmiddag|vanavond`},
		{rel{relDays, -1, behind}, `yesterday|yest|yesterday morning|yesterday afternoon|last night|yday|gestern|gestern abend|gestern morgen|gestern nachmittag|gestern vormittag|ayer|ayer por la tarde|anoche|hier|hier matin|hier soir|hier apres midi|ontem|ontem a tarde|ontem de manha|ieri|ieri mattina|ieri sera|ieri pomeriggio|gisteren|gisterochtend|gistermiddag|gisteravond`},
		{rel{relDays, -2, behind}, `the day before yesterday|day before yesterday|vorgestern|anteayer|antier|antes de ayer|avant hier|anteontem|l'altro ieri|altro ieri|ieri l'altro|eergisteren`},
		{rel{relDays, 1, ahead}, `tomorrow|tomorrow morning|tomorrow afternoon|tmrw|tmw|ubermorgen fruh|morgen nachmittag|morgen vormittag|morgen fruh|manana|demain|demain matin|amanha|domani|domani mattina|morgenochtend|morgenmiddag`},
		{rel{relDays, 1, ahead}, `morgen`},
		{rel{relDayEnd, 0, ahead}, `eod|end of day|end of the day|cob|close of business`},
		{rel{relDays, 2, ahead}, `the day after tomorrow|day after tomorrow|ubermorgen|pasado manana|apres demain|depois de amanha|dopodomani|overmorgen`},
		{rel{relWeeks, -1, behind}, `last week|last wk|letzte woche|letzter woche|vorige woche|vergangene woche|la semana pasada|semana pasada|la semaine derniere|semaine derniere|semana passada|na semana passada|settimana scorsa|la settimana scorsa|vorige week|afgelopen week`},
		{rel{relWeeks, 1, ahead}, `next week|next wk|nxt week|nxt wk|later next week|late next week|end of next week|by the end of next week|ende nachster woche|ende der nachsten woche|nachste woche|nachster woche|kommende woche|la proxima semana|proxima semana|la semana que viene|la semaine prochaine|semaine prochaine|semana que vem|na proxima semana|settimana prossima|la prossima settimana|prossima settimana|volgende week|komende week`},
		{rel{relInWeek, int(time.Tuesday), ahead}, `early next week|beginning of next week|start of next week|anfang nachster woche|anfang der nachsten woche|anfang kommender woche|a principios de la semana que viene|debut de semaine prochaine|inizio settimana prossima|begin volgende week`},
		{rel{relInWeek, int(time.Wednesday), ahead}, `mid next week|middle of next week|mitte nachster woche|mitte der nachsten woche|mitte kommender woche`},
		{rel{relWeeks, 2, ahead}, `the week after next|ubernachster woche|in der ubernachsten woche|week after next|ubernachste woche|in a fortnight`},
		{rel{relWeekend, 0, ahead}, `this week|end of the week|end of week|eow|later this week|diese woche|ende der woche|ende woche|esta semana|fin de semana|cette semaine|fin de semaine|fim da semana|questa settimana|fine settimana|deze week|eind van de week`},
		{rel{relSunday, 0, either}, `over the weekend|at the weekend|on the weekend|this weekend|over this weekend|am wochenende|ubers wochenende|uber das wochenende|dieses wochenende|el fin de semana|este fin de semana|durante el fin de semana|ce week end|le week end|pendant le week end|ce week - end|le week - end|no fim de semana|neste fim de semana|nel fine settimana|nel weekend|questo fine settimana|in het weekend|dit weekend`},
		{rel{relMonths, -1, behind}, `last month|letzten monat|el mes pasado|mes pasado|le mois dernier|mois dernier|mes passado|mese scorso|vorige maand`},
		{rel{relMonths, 1, ahead}, `next month|early next month|beginning of next month|start of next month|nachsten monat|kommenden monat|im nachsten monat|anfang nachsten monats|anfang des nachsten monats|el proximo mes|proximo mes|el mes que viene|le mois prochain|mois prochain|mes que vem|no proximo mes|mese prossimo|il prossimo mese|volgende maand`},
		{rel{relMonthMid, 1, ahead}, `mid next month|middle of next month|mitte nachsten monats|mitte des nachsten monats`},
		{rel{relMonthEnd, 0, ahead}, `end of the month|end of month|by the end of the month|by end of month|by month end|month end|eom|later this month|ende des monats|ende monat|monatsende|bis monatsende|zum monatsende|bis ende des monats|fin de mes|a fin de mes|fin du mois|fim do mes|fine mese|a fine mese|eind van de maand`},
		{rel{relMonthEnd, 1, ahead}, `end of next month|late next month|ende nachsten monats|ende des nachsten monats`},
		{rel{relYearEnd, 0, ahead}, `end of the year|end of year|by the end of the year|by end of year|by year end|year end|end of this year|late this year|later this year|before the end of the year|before year end|ende des jahres|ende dieses jahres|ende jahr|jahresende|bis jahresende|zum jahresende|bis ende des jahres|vor jahresende|fin de ano|a fin de ano|fin d'annee|fin de l'annee|fim do ano|fine anno|a fine anno|eind van het jaar`},
		{rel{relYearEnd, 1, ahead}, `end of next year|late next year|ende nachsten jahres|ende des nachsten jahres`},
		{rel{relYearMid, 1, ahead}, `mid next year|middle of next year|mitte nachsten jahres|mitte des nachsten jahres`},
		{rel{relNextQuarter, 0, ahead}, `next quarter|in the next quarter|the next quarter|nachstes quartal|nachsten quartal|im nachsten quartal|im kommenden quartal|kommendes quartal|proximo trimestre|el proximo trimestre|prochain trimestre|le trimestre prochain|no proximo trimestre|prossimo trimestre|volgend kwartaal`},
		{rel{relQuarterEnd, 0, ahead}, `end of the quarter|end of quarter|by the end of the quarter|by end of quarter|quarter end|by quarter end|end of this quarter|later this quarter|ende des quartals|bis ende des quartals|quartalsende|bis quartalsende|zum quartalsende`},
		{rel{relQuarterEnd, 1, ahead}, `end of next quarter|by the end of next quarter|late next quarter|ende nachsten quartals|ende des nachsten quartals`},
		{rel{relMonths, 6, ahead}, `in half a year|in half a year's time|in einem halben jahr|en medio ano|dans six mois|in een half jaar`},
		{rel{relYears, 1, ahead}, `in a year|in one year|in a year's time|a year from now|in einem jahr|dentro de un ano|en un ano|dans un an|dans une annee|daqui a um ano|em um ano|tra un anno|fra un anno|over een jaar`},
		{rel{relYears, 2, ahead}, `in two years|in 2 years|in two years' time|in zwei jahren|in 2 jahren|dentro de dos anos|dans deux ans|daqui a dois anos|tra due anni|over twee jaar`},
		{rel{relYearAway, 1, ahead}, `next year|early next year|beginning of next year|start of next year|nachsten jahres|des nachsten jahres|kommenden jahres|des kommenden jahres|im nachsten jahr|kommendes jahr|anfang nachsten jahres|anfang des nachsten jahres|anfang nachstes jahr|nachstes jahr|el proximo ano|proximo ano|el ano que viene|l'annee prochaine|l'an prochain|ano que vem|prossimo anno|anno prossimo|volgend jaar`},
	})
})

// weekOfWords stand before a day that tells which week is meant.
var weekOfWords = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`in the week of|in the week of the|the week of|week of|week of the|in the week from|week commencing|week beginning|week starting|with c|wc|in der woche vom|in der woche ab|in der woche ab dem|woche vom|woche ab|en la semana del|la semana del|la semaine du|dans la semaine du|na semana de|na semana do dia|nella settimana del|in de week van`)
})

var weekdayWords = sync.OnceValue(func() *lexicon[time.Weekday] {
	return newLexicon([]row[time.Weekday]{
		{time.Monday, `monday|montag|lunes|lundi|segunda - feira|segunda feira|2a feira|2ª feira|segunda|lunedi|maandag`},
		{time.Tuesday, `tuesday|dienstag|martes|mardi|terca - feira|terca feira|3a feira|3ª feira|terca|martedi|dinsdag`},
		{time.Wednesday, `wednesday|mittwoch|miercoles|mercredi|quarta - feira|quarta feira|4a feira|4ª feira|quarta|mercoledi|woensdag`},
		{time.Thursday, `thursday|donnerstag|jueves|jeudi|quinta - feira|quinta feira|5a feira|5ª feira|quinta|giovedi|donderdag`},
		{time.Friday, `friday|freitag|viernes|vendredi|sexta - feira|sexta feira|6a feira|6ª feira|sexta|venerdi|vrijdag`},
		{time.Saturday, `saturday|samstag|sonnabend|sabado|samedi|sabato|zaterdag`},
		{time.Sunday, `sunday|sonntag|domingo|dimanche|domenica|zondag`},
	})
})

// shortDays need a capital or a word like "on" before them: "mon" and "sat"
// are words of their own.
var shortDays = sync.OnceValue(func() *lexicon[time.Weekday] {
	return newLexicon([]row[time.Weekday]{
		{time.Monday, `mon|mo`}, {time.Tuesday, `tue|tues|di`}, {time.Wednesday, `wed|weds|mi`}, {time.Thursday, `thu|thur|thurs|do`}, {time.Friday, `fri|fr`}, {time.Saturday, `sat|sa`}, {time.Sunday, `sun`},
	})
})

// unmistakable are those of them that are no words of their own. "Thu" is somebody's name as well,
// see [reading.isActor].
var unmistakable = map[string]bool{"tues": true, "weds": true, "thur": true, "thurs": true, "thu": true, "fri": true}

// dayNames are those of them that are first names where they begin with a capital.
var dayNames = WordSet(`mon tue wed thu fri sat sun`)

// firstDays are those of them that many are called, where a family name follows.
var firstDays = WordSet(`tue thu sat sun`)

// sides are the words beside a weekday that say which one.
var beforeDay = sync.OnceValue(func() *lexicon[tense] {
	return newLexicon([]row[tense]{
		{behind, `last|past|this past|letzten|letzter|vorigen|vergangenen|am letzten|el pasado|dernier|ultima|na ultima|ultimo|scorso|lo scorso|afgelopen|vorige`},
		{ahead, `next|this|coming|this coming|by|until|till|before|due|nachsten|kommenden|am kommenden|diesen|bis|bis zum|vor|el proximo|proximo|este|hasta el|antes del|para el|antes de|prochain|ce|avant|d'ici|jusqu'a|proxima|na proxima|ate|esta|nesta|ate a|prossimo|questo|entro|entro il|volgende|komende|aanstaande|tegen|voor|uiterlijk|before the|not before`},
	})
})

var afterDay = sync.OnceValue(func() *lexicon[tense] {
	return newLexicon([]row[tense]{
		{behind, `last|pasado|dernier|passada|passado|scorso|scorsa|geleden|just gone`},
		{ahead, `next|que viene|proximo|prochain|que vem|prossimo|prossima`},
	})
})

var monthWords = sync.OnceValue(func() *lexicon[time.Month] {
	return newLexicon([]row[time.Month]{
		{time.January, `january|jan|janv|ene|januar|janner|enero|janvier|janeiro|gennaio|januari`},
		{time.February, `february|feb|fevr|februar|febrero|fevrier|fevereiro|febbraio|februari`},
		{time.March, `march|mar|marz|maerz|marzo|mars|marco|maart`},
		{time.April, `april|apr|avr|abr|abril|avril|aprile`},
		{time.May, `may|mai|mayo|maio|maggio|mei`},
		{time.June, `june|jun|juni|junio|juin|junho|giugno`},
		{time.July, `july|jul|juil|juli|julio|juillet|julho|luglio`},
		{time.August, `august|aug|agosto|aout|augustus`},
		{time.September, `september|sep|sept|septiembre|septembre|setembro|settembre`},
		{time.October, `october|oct|oktober|okt|octubre|octobre|outubro|ottobre`},
		{time.November, `november|nov|noviembre|novembre|novembro`},
		{time.December, `december|dec|dic|dezember|dez|diciembre|decembre|dezembro|dicembre`},
	})
})

// part says which part of a month is meant.
type part uint8

const (
	wholeMonth part = iota + 1
	earlyMonth
	midMonth
	endMonth
)

var partWords = sync.OnceValue(func() *lexicon[part] {
	return newLexicon([]row[part]{
		{wholeMonth, `in|by|for|until|till|before|from|im|ab|bis|en|para|hasta|pour|avant|d'ici|em|ate|a|ad|per|entro|tegen|voor|this|next|not before|vor`},
		{earlyMonth, `early|beginning of|start of|early in|anfang|principios de|a principios de|debut|inicio de|comeco de|inizio|a inizio|begin`},
		{midMonth, `mid|middle of|mitte|mediados de|a mediados de|mi|meados de|em meados de|meta|a meta|half|medio`},
		{endMonth, `end of|through|thru|until end of|until the end of|till end of|till the end of|to the end of|to end of|through the end of|the end of|ende|bis zum ende|hasta finales de|hasta fin de|hasta el final de|jusqu'a la fin de|jusqu'a fin|jusqu'a fin de|ate o fim de|ate ao fim de|ate fim de|ate o final de|fino alla fine di|fino a fine|tot eind|tot eind van|tot het einde van|by end of|by the end of|late|late in|ende|bis ende|finales de|a finales de|fin de|fin|fim de|fine|a fine|entro fine|eind|eind van`},
	})
})

// countWords are the small numbers people write out.
var countWords = sync.OnceValue(func() *lexicon[int] {
	return newLexicon([]row[int]{
		{1, `a|an|one|einem|einer|ein|eine|un|una|um|uma|une|een`},
		{2, `two|a couple of|a couple|couple of|zwei|dos|deux|dois|duas|due|twee`},
		{3, `three|a few|some|several|drei|ein paar|einigen|einige|mehreren|tres|unas|algunas|trois|quelques|algumas|tre|alcune|qualche|drie|een paar|enkele`},
		{4, `four|vier|cuatro|quatre|quatro|quattro`}, {5, `five|funf|cinco|cinq|cinque|vijf`},
		{6, `six|sechs|seis|sei|zes`}, {7, `seven|sieben|siete|sept|sete|sette|zeven`},
		{8, `eight|acht|ocho|huit|oito|otto`}, {9, `nine|neun|nueve|neuf|nove|negen`}, {10, `ten|zehn|diez|dix|dez|dieci|tien`}, {12, `twelve|zwolf|doce|douze|doze|dodici|twaalf`},
	})
})

var unitWords = sync.OnceValue(func() *lexicon[relKind] {
	return newLexicon([]row[relKind]{
		{relDays, `day|days|tag|tage|tagen|dia|dias|jour|jours|giorno|giorni|dag|dagen`},
		{relWeeks, `week|weeks|wk|wks|woche|wochen|semana|semanas|semaine|semaines|settimana|settimane|weken`},
		{relMonths, `month|months|monat|monate|monaten|mes|meses|mois|mese|mesi|maand|maanden`},
	})
})

// agoBefore and agoAfter stand around a count that lies behind, inBefore
// before one that lies ahead.
var (
	agoBefore = sync.OnceValue(func() *lexicon[struct{}] { return set(`vor|hace|il y a|ha`) })
	agoAfter  = sync.OnceValue(func() *lexicon[struct{}] { return set(`ago|back|atras|fa|geleden`) })
	inBefore  = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`in|within|in about|within the next|innerhalb von|en|dentro de|dans|d'ici|em|daqui a|tra|fra|over|binnen`)
	})
	// fromNow says behind a count that it lies ahead.
	fromNow = sync.OnceValue(func() *lexicon[struct{}] { return set(`from now|from today|ab heute`) })
	// orWords stand between two counts of which nobody knows: "two or three weeks".
	orWords = sync.OnceValue(func() *lexicon[struct{}] { return set(`to|or|bis|oder|o|a|ou|of|tot|-`) })
	// toDay may stand before a day and belongs to its words.
	toDay = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`on|on the|am|den|el|no dia|dia|na|il|op|von`)
	})
	// dueWords before a day make it a limit, not the day of the talk.
	dueWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`by|until|till|til|to|before|due|from|since|for|after|as of|starting|effective|deadline|bis|bis zum|ab|seit|fur|nach|vor|zum|hasta|hasta el|desde|para|para el|antes del|a partir del|avant|avant le|d'ici|depuis|pour|pour le|jusqu'au|ate|desde|para|a partir de|entro|entro il|dal|dopo|prima di|tegen|voor|sinds|vanaf|tot|uiterlijk`)
	})
	// clockWords after a day make it an appointment.
	clockWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`at|um|a las|a la|a|as|alle|om|noon|morning|afternoon|works|suits|is ok|is fine|fits|passt|geht|is fixed|is on`)
	})
	// oftenWords make a day one of many: "every Friday".
	oftenWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`every|each|jeden|immer|cada|todos los|chaque|tous les|toda|todas as|ogni|elke|iedere`)
	})
)
