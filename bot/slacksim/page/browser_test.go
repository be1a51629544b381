package page_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts one Chromium for a test; without one the test fails. Each
// test is given up after a minute: that is a guard, nothing is measured.
func browser(t *testing.T) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900), chromedp.Flag("disable-component-update", true))
	alloc, end := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium is needed for this test (apt-get install chromium): %v", err)
	}
	ctx, end = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(end)
	return ctx
}

func run(t *testing.T, ctx context.Context, what string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// until waits for a JavaScript expression to become true.
func until(t *testing.T, ctx context.Context, js string) {
	t.Helper()
	wait := "new Promise(done => { const look = () => (" + js + ") ? done(true) : setTimeout(look, 15); look() })"
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err != nil {
		// The test's own time may be over; the page is asked all the same.
		late, end := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer end()
		text, _ := chromedp.Run(late, chromedp.Evaluate[string]("document.activeElement.outerHTML + '\\n' + document.body.innerText"))
		t.Fatalf("waiting for %s: %v\nThe page says:\n%s", js, err, text)
	}
}

func eval[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return out
}

func has(text string) string {
	b, _ := json.Marshal(text) // a string always encodes
	return "document.body.innerText.includes(" + string(b) + ")"
}

// focused is true when what has the focus matches a selector.
func focused(sel string) string { return "document.activeElement.matches('" + sel + "')" }

const composer = "main .composer textarea"

func open(t *testing.T, ctx context.Context, f *fake, at string) {
	t.Helper()
	run(t, ctx, "opening the page", chromedp.Navigate(f.URL+"/"+at), chromedp.WaitVisible(composer))
	until(t, ctx, "document.querySelector('.beginning')")
}

func typed(t *testing.T, ctx context.Context, keys string) {
	t.Helper()
	run(t, ctx, "typing "+keys, chromedp.KeyEvent(keys))
}

func TestTypingALineWithCompletion(t *testing.T) {
	f := startFake(t)
	f.on["say"] = func(f *fake, b obj) obj {
		m := fromApp("C1", "1763820000.000100", section("*Recorded #7* · Dana Ruiz, Acme"))
		m["to"], m["ephemeral"] = "U1", true
		f.add(m)
		return obj{"ok": true}
	}
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, focused("textarea"))

	typed(t, ctx, "/coach ca"+kb.Enter)
	// chromedp sends Enter's character apart from its key, so it comes even though the page took the key.
	until(t, ctx, "document.querySelector('"+composer+"').value.trimEnd() === '/coach card'")
	typed(t, ctx, strings.Repeat(kb.Backspace, len("/coach card \n"))+"/")
	until(t, ctx, "document.querySelectorAll('[role=option]').length === 2")
	until(t, ctx, has("Record a talk in one line"))
	typed(t, ctx, kb.ArrowDown)
	until(t, ctx, "document.querySelector('[role=option][aria-selected=true]').innerText.startsWith('/log')")
	typed(t, ctx, kb.Tab)
	until(t, ctx, "document.querySelector('"+composer+"').value === '/log '")
	typed(t, ctx, "Dana Ruiz, Acme: call")
	typed(t, ctx, kb.Enter)
	said := f.next(t, "say")
	if said["text"] != "/log Dana Ruiz, Acme: call" || said["user"] != "U1" || said["channel"] != "C1" {
		t.Errorf("posted %v", said)
	}
	until(t, ctx, has("Recorded #7"))
	until(t, ctx, has("Only visible to you"))
	until(t, ctx, "document.querySelector('[aria-live=polite]').textContent.includes('Recorded #7')")

	typed(t, ctx, kb.ArrowUp)
	until(t, ctx, "document.querySelector('"+composer+"').value === '/log Dana Ruiz, Acme: call'")
}

func TestACommandThatFailsSaysSoAndGivesTheTextBack(t *testing.T) {
	f := startFake(t)
	f.on["say"] = func(*fake, obj) obj { return obj{"ok": false, "error": "/log failed because the app did not respond"} }
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	typed(t, ctx, "/log Dana: call")
	typed(t, ctx, kb.Enter)
	until(t, ctx, has("/log failed because the app did not respond"))
	run(t, ctx, "putting the text back", chromedp.Click(".failure .link"))
	until(t, ctx, "document.querySelector('"+composer+"').value === '/log Dana: call'")
}

func TestPressingAButton(t *testing.T) {
	actions := obj{"type": "actions", "block_id": "do", "elements": list{
		obj{"type": "button", "action_id": "sent", "value": "1042", "text": plain("I sent it")},
		obj{"type": "button", "action_id": "undo", "value": "1042", "text": plain("Undo"),
			"confirm": obj{"title": plain("Undo #1042?"), "text": plain("It is kept."), "confirm": plain("Take back"), "deny": plain("Keep")}}}}
	f := startFake(t, fromApp("C1", "1763820000.000100", section("Recorded"), actions))
	release := make(chan bool)
	f.on["action"] = func(*fake, obj) obj {
		<-release
		return obj{"ok": true}
	}
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	run(t, ctx, "pressing the button", chromedp.Click(`//button[contains(., "I sent it")]`))
	got := f.next(t, "action")
	action, _ := got["action"].(obj)
	if action["action_id"] != "sent" || action["block_id"] != "do" || action["value"] != "1042" || got["message_ts"] != "1763820000.000100" || got["channel"] != "C1" {
		t.Errorf("posted %v", got)
	}
	until(t, ctx, "document.querySelector('.actions button').getAttribute('aria-busy') === 'true'")
	release <- true
	until(t, ctx, "document.querySelector('.actions button').getAttribute('aria-busy') === 'false'")

	run(t, ctx, "pressing a button that asks first", chromedp.Click(`//button[contains(., "Undo")]`), chromedp.WaitVisible("dialog"))
	until(t, ctx, focused("dialog footer .button:last-child"))
	typed(t, ctx, kb.Escape)
	until(t, ctx, "!document.querySelector('dialog')")
	run(t, ctx, "and confirming it", chromedp.Click(`//button[contains(., "Undo")]`), chromedp.WaitVisible("dialog"))
	typed(t, ctx, kb.Enter)
	// Had Esc sent anything, it would come before this.
	if got := f.next(t, "action"); got["action"].(obj)["action_id"] != "undo" {
		t.Errorf("posted %v", got)
	}
	release <- true
}

// The answer to a button takes its place; who pressed it by keyboard goes on from the message.
func TestAReplacedButtonLeavesTheFocusOnItsMessage(t *testing.T) {
	const ts = "1763820000.000100"
	button := func(id, label string) obj {
		return obj{"type": "actions", "block_id": id, "elements": list{obj{"type": "button", "action_id": id, "value": "1", "text": plain(label)}}}
	}
	f := startFake(t, fromApp("C1", ts, section("Recorded"), button("sent", "I sent it")))
	release := make(chan bool, 1)
	t.Cleanup(func() { close(release) }) // whatever fails, the page is answered
	f.on["action"] = func(*fake, obj) obj {
		<-release
		return obj{"ok": true}
	}
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	run(t, ctx, "pressing Enter on the button", chromedp.Focus(".actions button"), chromedp.KeyEvent(kb.Enter))
	f.next(t, "action")
	until(t, ctx, "document.querySelector('.actions button').getAttribute('aria-busy') === 'true'")
	time.Sleep(50 * time.Millisecond) // a browser takes the focus off a disabled button when it draws next
	until(t, ctx, focused(".actions button"))
	typed(t, ctx, kb.Enter) // while it is busy nothing is sent again
	f.tell("U1", "message", obj{"message": fromApp("C1", ts, section("Given"), button("ungive", "I did not send it"))})
	release <- true
	until(t, ctx, has("I did not send it"))
	until(t, ctx, focused("article[data-ts=\""+ts+"\"]"))
	typed(t, ctx, kb.Tab)
	until(t, ctx, focused(".message button"))
	select {
	case p := <-f.posts:
		t.Errorf("posted again: %v", p)
	default:
	}
}

func TestFillingAModal(t *testing.T) {
	modal := obj{"id": "V1", "type": "modal", "title": plain("Log a talk"), "submit": plain("Record"), "close": plain("Cancel"), "blocks": list{
		obj{"type": "input", "block_id": "who", "label": plain("Who"), "element": obj{"type": "external_select", "action_id": "w", "min_query_length": 1}},
		obj{"type": "input", "block_id": "note", "label": plain("What happened"), "element": obj{"type": "plain_text_input", "action_id": "n", "multiline": true}},
		obj{"type": "input", "block_id": "how", "optional": true, "label": plain("How"), "element": obj{"type": "radio_buttons", "action_id": "h",
			"options": list{obj{"text": plain("Call"), "value": "phone"}, obj{"text": plain("Met"), "value": "meeting"}}}}}}
	f := startFake(t)
	f.on["say"] = func(f *fake, _ obj) obj { f.show("U1", modal); return obj{"ok": true} }
	f.on["options"] = func(_ *fake, b obj) obj {
		return obj{"ok": true, "options": list{obj{"text": plain("Dana Ruiz, Acme"), "value": "d1"}}}
	}
	tries := 0
	f.on["view/submit"] = func(f *fake, _ obj) obj {
		if tries++; tries == 1 {
			return obj{"ok": false, "errors": obj{"note": "Say what happened."}}
		}
		f.show("U1")
		return obj{"ok": true}
	}
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	typed(t, ctx, "/log"+kb.Enter)
	f.next(t, "say")
	until(t, ctx, focused("dialog [role=combobox]"))

	run(t, ctx, "submitting it empty", chromedp.Click(`//dialog//button[contains(., "Record")]`))
	until(t, ctx, "document.querySelectorAll('dialog .error').length === 2")
	until(t, ctx, focused("[data-block=who] input"))
	typed(t, ctx, "d")
	if got := f.next(t, "options"); got["value"] != "d" || got["action_id"] != "w" || got["view_id"] != "V1" {
		t.Errorf("asked for options with %v", got)
	}
	until(t, ctx, "document.querySelector('dialog [role=option]')")
	typed(t, ctx, kb.Enter+kb.Tab)
	until(t, ctx, focused("[data-block=note] textarea"))
	typed(t, ctx, "asked about prices")
	run(t, ctx, "choosing and submitting", chromedp.Click(`//label[contains(., "Met")]`), chromedp.Click(`//dialog//button[contains(., "Record")]`))
	got := f.next(t, "view/submit")
	state, _ := json.Marshal(got["state"])
	for _, want := range []string{`"n":{"type":"plain_text_input","value":"asked about prices"}`, `"value":"d1"`, `"value":"meeting"`} {
		if !strings.Contains(string(state), want) {
			t.Errorf("the state lacks %s: %s", want, state)
		}
	}
	until(t, ctx, "document.querySelector('[data-block=note] .error')?.textContent === 'Say what happened.'")
	typed(t, ctx, " and terms")
	run(t, ctx, "submitting again", chromedp.Click(`//dialog//button[contains(., "Record")]`))
	f.next(t, "view/submit")
	until(t, ctx, "!document.querySelector('dialog')")
	until(t, ctx, focused("main textarea"))
}

func TestSwitchingPersonByKeyboard(t *testing.T) {
	mine := said("C1", "1763820000.000100", "UBOT", "for Eva alone")
	mine["to"], mine["ephemeral"] = "U1", true
	f := startFake(t, said("C1", "1763810000.000100", "U2", "for all"), mine)
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("for Eva alone"))
	run(t, ctx, "opening the menu", chromedp.Focus(".person .menu-button"))
	typed(t, ctx, kb.Enter)
	until(t, ctx, focused("[role=menuitemradio][aria-checked=true]"))
	typed(t, ctx, kb.ArrowDown+kb.Enter)
	until(t, ctx, "document.querySelector('.me')?.innerText.includes('Mara Okafor')")
	run(t, ctx, "opening the channel", chromedp.Click(`//nav//button[contains(., "sales")]`))
	until(t, ctx, has("for all"))
	if eval[bool](t, ctx, has("for Eva alone")) {
		t.Error("Mara sees what only Eva may see")
	}
	if at := eval[string](t, ctx, "location.hash"); at != "#U2/C1" {
		t.Errorf("the address is %s", at)
	}
}

func TestHomeTab(t *testing.T) {
	f := startFake(t)
	ctx := browser(t)
	open(t, ctx, f, "#U1/DU1")
	run(t, ctx, "opening Home", chromedp.Click("#tab-home"))
	until(t, ctx, has("Good morning, U1"))
	f.tell("U1", "home", obj{"view": homeView("Good evening")})
	until(t, ctx, has("Good evening"))
}

// The app publishes while the page's own question is still on its way: the
// older answer, no Home yet, must not take the newer one away.
func TestHomePublishedBeforeItsAnswerStays(t *testing.T) {
	f := startFake(t)
	seen := make(chan bool)
	f.home = func(user string) obj {
		f.tell(user, "home", obj{"view": homeView("Published")})
		<-seen
		return nil
	}
	ctx := browser(t)
	open(t, ctx, f, "#U1/DU1")
	run(t, ctx, "opening Home", chromedp.Click("#tab-home"))
	until(t, ctx, has("Published"))
	close(seen)
	until(t, ctx, "performance.getEntriesByType('resource').some(e => e.name.includes('/sim/home') && e.responseEnd > 0)")
	// Another question answered after it: by then the page has dealt with the first.
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("fetch('/sim/state?user=U1').then(r => r.json()).then(() => true)", chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	if !eval[bool](t, ctx, has("Published")) {
		t.Error("an older answer took the published Home away")
	}
}

func TestALostConnectionIsSaidAndMadeGood(t *testing.T) {
	f := startFake(t, said("C1", "1763810000.000100", "U2", "before"))
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("before"))
	f.cutOff()
	until(t, ctx, has("Reconnecting"))
	f.add(said("C1", "1763810001.000100", "U2", "while away"))
	f.back()
	until(t, ctx, has("while away"))
	until(t, ctx, "!"+has("Reconnecting"))
}

// elsewhere collects what the browser asks of any other host.
func elsewhere(t *testing.T, ctx context.Context, own string) func() []string {
	t.Helper()
	asked := make(chan string, 256)
	err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, own) && !strings.HasPrefix(e.Request.URL, "data:") {
			asked <- e.Request.URL
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return func() []string {
		var out []string
		for {
			select {
			case u := <-asked:
				out = append(out, u)
			default:
				return out
			}
		}
	}
}
