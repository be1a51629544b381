package line_test

import (
	"testing"

	"cairn/bot/journey"
)

func TestHow(t *testing.T) {
	for _, c := range []struct {
		note      string
		channel   journey.Channel
		direction journey.Direction
		words     string
	}{
		// a prefix wins over everything after it
		{"call, she liked our post on LinkedIn", journey.Phone, journey.BothWay, "call"},
		{"email: asked for prices, will call Friday", journey.Email, journey.In, "email"},
		{"mail out, no answer", journey.Email, journey.Out, "mail out"},
		{"quick call this morning - all fine", journey.Phone, journey.BothWay, "quick call"},
		{"yesterday call, she wants prices", journey.Phone, journey.BothWay, "call"},
		{"LinkedIn, commented on our piece", journey.Social, journey.In, "LinkedIn"},
		{"mtg, wants prices", journey.Meeting, journey.BothWay, "mtg"},
		{"form, wants a call", journey.Web, journey.In, "form"},
		// what came back on what was given
		{"sent the checklist. He replied it helped", journey.Other, journey.BothWay, ""},
		{"sent her the checklist, she loved it and wants more on hosting", journey.Other, journey.BothWay, ""},
		{"emailed her the guide, replied at once", journey.Email, journey.BothWay, "emailed her"},
		{"sent the checklist, asked for a referral", journey.Other, journey.Out, ""},
		{"sent the checklist, no answer", journey.Other, journey.Out, ""},
		// verbs
		{"called her about the permit", journey.Phone, journey.Out, "called her"},
		{"she called, wants a quote", journey.Phone, journey.In, "she called"},
		{"called me about the permit", journey.Phone, journey.In, "called me"},
		{"called, left a voicemail", journey.Phone, journey.Out, "called"},
		{"called, she told me about the recall", journey.Phone, journey.BothWay, "called"},
		{"rang him twice, no answer", journey.Phone, journey.Out, "rang him"},
		{"spoke on the phone for an hour", journey.Phone, journey.BothWay, "spoke on the phone"},
		{"emailed her the guide", journey.Email, journey.Out, "emailed her"},
		{"she wrote back within the hour", journey.Email, journey.In, "she wrote"},
		{"mail from her, wants the sheet", journey.Email, journey.In, "mail from her"},
		{"met her and the plant manager", journey.Meeting, journey.BothWay, "met her"},
		{"visited the plant, saw two lines", journey.Meeting, journey.BothWay, "visited"},
		{"workshop on site, three hours", journey.Meeting, journey.BothWay, "on site"},
		{"had lunch with her", journey.Meeting, journey.BothWay, "had lunch"},
		{"liked our post", journey.Social, journey.In, "liked our post"},
		{"accepted my invite", journey.Social, journey.In, "accepted my invite"},
		{"came to our booth, took a flyer", journey.Event, journey.In, "came to our booth"},
		{"met her at the fair", journey.Event, journey.BothWay, "met her at the fair"},
		{"attended our webinar", journey.Event, journey.In, "attended our webinar"},
		{"texted me: signed!", journey.Chat, journey.In, "texted me"},
		{"answered on WhatsApp", journey.Chat, journey.BothWay, ""},
		{"downloaded the white paper", journey.Web, journey.In, "downloaded"},
		{"sent by post: the handbook", journey.Post, journey.Out, "sent by post"},
		{"met her at the Parma fair", journey.Event, journey.BothWay, "at the Parma fair"},
		{"short chat at the bearing congress", journey.Event, journey.BothWay, "at the bearing congress"},
		{"rang out of the blue", journey.Phone, journey.In, "rang out of the blue"},
		{"3 mails, 2 calls, nothing", journey.Email, journey.Out, "mails"},
		// other languages
		{"gestern angerufen, nicht erreicht", journey.Phone, journey.Out, "angerufen"},
		{"hat mich angerufen, braucht ein Angebot", journey.Phone, journey.In, "angerufen"},
		{"rief an wegen der Prüfung", journey.Phone, journey.In, "rief an"},
		{"Termin vor Ort, zwei Stunden", journey.Meeting, journey.BothWay, "vor Ort"},
		{"Mail bekommen, will Preise", journey.Email, journey.In, "Mail bekommen"},
		{"me llamó, quiere precios", journey.Phone, journey.In, "me llamó"},
		{"le escribí por la guía", journey.Email, journey.Out, "le escribí"},
		{"visité su planta", journey.Meeting, journey.BothWay, ""},
		{"elle a appelé, urgent", journey.Phone, journey.In, "a appelé"},
		{"RDV sur place ce matin", journey.Meeting, journey.BothWay, "RDV"},
		{"liguei, sem resposta", journey.Phone, journey.Out, "liguei"},
		{"me escreveu, quer a proposta", journey.Email, journey.In, "me escreveu"},
		{"ho chiamato, non risponde", journey.Phone, journey.Out, "ho chiamato"},
		{"pranzo con lei e il capo", journey.Meeting, journey.BothWay, ""},
		{"heeft gebeld over de keuring", journey.Phone, journey.In, "heeft gebeld"},
		// what is planned, denied or only talked about is not how
		{"sent the checklist, will call Friday", journey.Other, journey.Out, ""},
		{"wants me to call in September", journey.Other, journey.In, ""},
		{"demo tomorrow, she confirmed", journey.Other, journey.In, ""},
		{"asked about our website", journey.Other, journey.In, ""},
		{"asked about the last visit", journey.Other, journey.In, ""},
		{"she met the rival's people", journey.Other, journey.In, ""},
		{"paper after the board has met", journey.Other, journey.In, ""},
		{"went through it, he'd called Anke in", journey.Other, journey.BothWay, ""},
		{"never visited the plant", journey.Other, journey.In, ""},
		{"visit on Friday confirmed", journey.Other, journey.In, ""},
		{"spoke w/ her CFO", journey.Other, journey.BothWay, ""},
		{"bought three more", journey.Other, journey.In, ""},
		{"asked for a testimonial", journey.Other, journey.Out, ""},
	} {
		l := parse(t, "dana: "+c.note)
		if l.Channel != c.channel || l.Direction != c.direction || c.words != "" && l.ChannelWords != c.words {
			t.Errorf("%q: %s %s %q, want %s %s %q", c.note, l.Channel, l.Direction, l.ChannelWords, c.channel, c.direction, c.words)
		}
	}
}
