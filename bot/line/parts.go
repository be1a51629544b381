package line

import (
	"slices"
	"strings"
)

// What commas part behind a name is what somebody is, their company and where that is, in
// whatever order: "Kim Long, VP Ops, Hale & Sons, Leeds". What may as well be a company is never
// taken for a title, nor a place silently for the company.

// setParts reads the parts that commas part: the name and what stands behind it.
func (w *Who) setParts(parts []string) {
	w.Name = parts[0]
	if len(parts) == 2 && !namesOffice(parts[1]) {
		w.place(parts[1])
		return
	}
	var firms []string
	for i, p := range parts[1:] {
		switch {
		case isFirm(p, w.Name):
			firms = append(firms, p)
		case i+2 < len(parts) && namesPeople(p), tellsOffice(p), isOffice(strings.Fields(p)), saysSmall(p, parts):
			w.addTitle(p)
		default:
			firms = append(firms, p)
		}
	}
	if sure := slices.IndexFunc(firms, func(f string) bool { return isFirm(f, w.Name) || strings.Contains(f, ", ") }); sure >= 0 {
		firms = firms[sure : sure+1]
	}
	if len(firms) > 0 {
		w.Company, w.others = firms[0], strings.Join(firms[1:], "\n")
	}
}

// namesPeople reports whether a part names further people of the company behind it, whom
// [Who.Several] tells apart: "Tom Bell and Mia Lang".
func namesPeople(part string) bool {
	names, _ := atJoints(part)
	return len(names) > 1 && !slices.ContainsFunc(names, func(n string) bool { return !isFullName(n) })
}

// saysSmall reports whether a part is written small where another is not: it says what somebody
// is, and is no company's name.
func saysSmall(part string, parts []string) bool {
	return !startsUpper(part) && slices.ContainsFunc(parts[1:], startsUpper) && startsUpper(parts[0])
}

// Firms are the same somebody with each part that may be their company, in the order in which
// they were typed, where nothing in the words tells which is: "Dana Ruiz, Acme, Berlin". It is
// empty where there is no doubt.
func (w Who) Firms() (each []Who) {
	if w.others == "" {
		return nil
	}
	for _, company := range append([]string{w.Company}, strings.Split(w.others, "\n")...) {
		one := w
		one.Company, one.others = company, ""
		each = append(each, one)
	}
	return each
}
