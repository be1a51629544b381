package line

import (
	"slices"
	"strings"
	"unicode"
)

// firmFirst is a read turned round where the company was typed first beyond doubt: its name
// bears a legal form or says what it does, and what follows a sign is somebody's name: "Miller
// Ltd, Joe Miller", "Bäckerei Huber – Hr. Huber". Behind a word ("at") it stands as typed.
func (w Who) firmFirst() Who {
	_, behind, found := strings.Cut(w.Raw, w.Name)
	if !found || strings.IndexAny(strings.TrimLeft(behind, " "), ",-–—|/(") != 0 || w.Title != "" && !tellsOffice(w.Title) {
		return w
	}
	if isFirm(w.Name, w.Company) && !isFirm(w.Company, w.Name) && isPeople(w.Company) {
		w.Name, w.Company, w.others = w.Company, w.Name, ""
	}
	return w
}

// place takes what was typed behind a name for their company, or for what they are there.
func (w *Who) place(text string) {
	title, company := w.roleAt(text)
	if company == "" {
		company = text
	}
	w.addTitle(title)
	w.Company = company
}

// roleAt parts what somebody is from their company, behind a word that says that it is one: "CFO
// at Acme", "cfo at acme" of who types no capitals. Both are empty where none stands there.
func (w *Who) roleAt(text string) (title, company string) {
	words, small := strings.Fields(text), strings.ToLower(w.Raw) == w.Raw
	for i := 1; i < len(words)-1; i++ {
		title, company = strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")
		if atFirm[strings.ToLower(words[i])] && tellsOffice(title) && (startsUpper(company) || small && !ofThings[words[i+1]]) && !IsNobody(company) {
			return title, company
		}
	}
	return "", ""
}

var (
	// atFirm are words behind which somebody's company stands; "of" may go on with what they are.
	atFirm = WordSet(`at @ bei beim chez presso bij en na`)
	// ofThings begin what is no company: "cfo at the fair", "leiterin einkauf beim kunden".
	ofThings = WordSet(`the a an our their her his this der die das dem den einem einer unser unserem kunden le la les un une notre el los las un una il lo gli het de een onze o os as um uma`)
)

// isFirm reports whether a name is a company's by its legal form, or by a word that says what
// it does. A form that may be a surname ("Ana Sa", "Joe As") is written as forms are, by who
// does not write all in capitals: beside is what else was typed.
func isFirm(name, beside string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || titlesOf(words) > 0 {
		return false
	}
	if slices.ContainsFunc(words, func(w string) bool { return firmNames[Key(w)] }) {
		return true
	}
	last := words[len(words)-1]
	form, before := strings.ReplaceAll(Key(last), " ", ""), words[len(words)-2]
	switch {
	case before == "&" && (form == "co" || firmWords[form]): // "Voss & Söhne"
		return true
	case CompanyKey(name) == Key(name):
		return false
	}
	capitals := isAcronym(last) && strings.ToLower(last) == form && strings.ContainsFunc(name+beside, unicode.IsLower)
	return capitals || surelyForms[form] || strings.Contains(strings.TrimSuffix(last, "."), ".") // "S.L."
}

// OtherForm reports whether two names of a company differ by the legal form that each of them
// bears: "Other Co" and "Other Corp", but not "Other" and "Other Corp", nor "Acme Inc." and "ACME, Inc".
func OtherForm(a, b string) bool {
	return CompanyKey(a) == CompanyKey(b) && CompanyKey(a) != Key(a) && CompanyKey(b) != Key(b) && strings.ReplaceAll(Key(a), " ", "") != strings.ReplaceAll(Key(b), " ", "") && !sameForm(Key(a), Key(b))
}

// sameForm reports whether two keys bear one form, short and in full: "inc" and "incorporated".
func sameForm(a, b string) bool {
	short := func(key string) string {
		words := strings.Fields(key)
		for i, w := range words {
			if s, ok := fullForms[w]; ok && i > 0 {
				words[i] = s
			}
		}
		return strings.Join(words, " ")
	}
	return short(a) == short(b)
}

var fullForms = map[string]string{"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "aktiebolag": "ab", "private": "pvt"}

// isPeople reports whether a text names one person, or several: somebody with a title, or by
// first and family name.
func isPeople(text string) bool {
	names, _ := atJoints(text)
	if len(names) < 2 {
		names = []string{text}
	}
	return !slices.ContainsFunc(names, func(n string) bool { return !isPerson(n) })
}

func isPerson(name string) bool {
	words := strings.Fields(name)
	titles := titlesOf(words)
	if IsNobody(name) || tellsOffice(name) || strings.ContainsAny(name, "0123456789()&+@") || len(words) > 5 || slices.ContainsFunc(words[titles:], isDepartment) {
		return false
	}
	small := strings.ToLower(name) == name // who types "miller ltd, joe miller"
	return titles > 0 || len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return !small && !startsUpper(w) && !particles[Key(w)] })
}

// surelyForms are legal forms that are no surnames, nor words, however they are written.
var surelyForms = WordSet(`ltd limited inc incorporated corp corporation gmbh mbh ggmbh llc llp plc pllc sarl eurl sasu srl srls snc spa sprl bvba vof ltda lda kgaa ohg gbr kg ug bv nv
	sll slu sro kft zrt aps oyj pty pte pvt bhd tbk oo`)

// firmNames are words that say of a company what it does, or that it is one, and stand in
// nobody's name.
var firmNames = WordSet(`bakery brewery motors industries solutions systems holding holdings university hospital group studio garage hotel restaurant
	firma gruppe praxis backerei metzgerei fleischerei tischlerei schreinerei schlosserei gartnerei druckerei brauerei spedition autohaus apotheke klinik klinikum krankenhaus kanzlei stadtwerke sparkasse verlag universitat
	groupe societe ste ets etablissements boulangerie boucherie imprimerie clinique pharmacie menuiserie universite
	grupo sociedad restaurante talleres taller panaderia carniceria imprenta clinica construcciones transportes bodegas ferreteria farmacia empresa universidad
	gruppo societa ristorante officina officine panificio ditta impresa tipografia universita
	sociedade oficina padaria construtora construcoes transportadora grafica universidade
	bakkerij slagerij drukkerij bouwbedrijf aannemersbedrijf groep apotheek ziekenhuis universiteit`)
