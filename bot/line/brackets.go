package line

import (
	"slices"
	"strings"
)

// cutBrackets takes out what stands in brackets, for what it is: what somebody is ("(CFO)",
// and "(IT)" where a company stands beside it), their company, both ("(CFO, Acme)", "(CFO at Acme)"), or
// something else about them where a name or a company goes on behind it ("Robert (Bob)
// Stone, Acme"). Brackets of the company's own stay with it: "Acme (Germany)".
func (w *Who) cutBrackets(s string) (rest string) {
	i := strings.IndexByte(s, '(')
	if i <= 0 {
		return s
	}
	j := strings.IndexByte(s[i:], ')')
	if j < 0 || tidy(s[i+1:i+j]) == "" {
		return s
	}
	before, in, behind := tidy(s[:i]), tidy(s[i+1:i+j]), tidy(s[i+j+1:])
	without := strings.ReplaceAll(tidy(s[:i]+" "+s[i+j+1:]), " ,", ",")
	name, more, _ := strings.Cut(before, ",")
	_, company := cutCompany(before)
	placed := company != "" || more != "" && !namesOffice(more)
	title, at := w.roleAt(in)
	switch {
	case at != "" && !placed && behind == "":
		w.Company = at
		w.addTitle(tidy(more))
		w.addTitle(title)
		return tidy(name)
	case namesOffice(in), isOffice(strings.Fields(in)) && (placed || behind != "" && !namesOffice(behind)):
		w.addTitle(in)
		return w.cutBrackets(without)
	case placed:
		return s
	case slices.ContainsFunc(strings.Split(in, ","), namesOffice):
		return before + ", " + in
	case behind != "" && !namesOffice(behind):
		w.Alias = in
		return w.cutBrackets(without)
	}
	w.Company = in
	w.addTitle(tidy(more))
	w.addTitle(behind)
	return tidy(name)
}
