package slacksim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
)

// File is an uploaded file as messages show it.
type File struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Title      string `json:"title"`
	Mimetype   string `json:"mimetype"`
	Filetype   string `json:"filetype"`
	Size       int    `json:"size"`
	AltTxt     string `json:"alt_txt,omitempty"`
	User       string `json:"user"`
	Created    int64  `json:"created"`
	URLPrivate string `json:"url_private"`
	Permalink  string `json:"permalink"`
}

type storedFile struct {
	File
	body     []byte
	arrived  bool
	complete bool
}

// files holds what was uploaded. Locked as a whole: files are rare.
type files struct {
	mu   sync.Mutex
	byID map[string]*storedFile
}

func (f *files) init() { f.byID = map[string]*storedFile{} }

func (ws *Workspace) newFile(name, title, user, alt string, size int) *storedFile {
	id := ws.newID("F")
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	at := ws.baseURL() + "/files/" + id + "/" + url.PathEscape(name)
	f := &storedFile{File: File{ID: id, Name: name, Title: title, Mimetype: kind, Size: size, AltTxt: alt, User: user,
		Filetype: strings.TrimPrefix(path.Ext(name), "."), Created: ws.cfg.Now().Unix(), URLPrivate: at, Permalink: at}}
	ws.files.mu.Lock()
	ws.files.byID[id] = f
	ws.files.mu.Unlock()
	return f
}

func (ws *Workspace) filesGetURL(c *call) (reply, *refusal) {
	size, err := strconv.Atoi(c.str("length"))
	name := c.str("filename")
	if name == "" || err != nil {
		return nil, refuse("invalid_arguments", "missing required field: filename or length")
	}
	switch {
	case size <= 0:
		return nil, refuse("file_upload_size_restricted")
	case size > maxFileBytes:
		return nil, refuse("file_too_large")
	case len(c.str("alt_txt")) > 1000:
		return nil, refuse("alt_txt_too_large")
	}
	f := ws.newFile(name, name, ws.cfg.App.BotUserID, c.str("alt_txt"), size)
	return reply{"upload_url": c.base + "/upload/" + f.ID, "file_id": f.ID}, nil
}

func (ws *Workspace) serveUpload(w http.ResponseWriter, r *http.Request) {
	answered, _ := ws.faults.serve(w, r, Upload)
	if answered {
		return
	}
	body, err := uploadBody(r)
	ws.files.mu.Lock()
	f := ws.files.byID[r.PathValue("id")]
	ok := err == nil && f != nil && !f.arrived && len(body) == f.Size
	if ok {
		f.body, f.arrived = body, true
	}
	ws.files.mu.Unlock()
	if !ok {
		http.Error(w, "upload refused: unknown, repeated or of another length", http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(body)))
}

// uploadBody takes the file from a form (field file or filename) or the bare body.
func uploadBody(r *http.Request) ([]byte, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return io.ReadAll(io.LimitReader(r.Body, 64<<20))
	}
	if err := r.ParseMultipartForm(64 << 20); err != nil {
		return nil, err
	}
	for _, list := range r.MultipartForm.File {
		if len(list) == 0 {
			continue
		}
		f, err := list[0].Open()
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return io.ReadAll(f)
	}
	return nil, http.ErrMissingFile
}

func (ws *Workspace) filesComplete(c *call) (reply, *refusal) {
	var list []struct{ ID, Title string }
	if json.Unmarshal(c.raw("files"), &list) != nil || len(list) == 0 {
		return nil, refuse("invalid_arguments", "missing required field: files")
	}
	var done []File
	ws.files.mu.Lock()
	for _, in := range list {
		f := ws.files.byID[in.ID]
		if f == nil || !f.arrived || f.complete {
			ws.files.mu.Unlock()
			return nil, refuse("file_not_found")
		}
		f.complete = true
		if in.Title != "" {
			f.Title = in.Title
		}
		done = append(done, f.File)
	}
	ws.files.mu.Unlock()
	where := c.str("channel_id")
	if where == "" {
		where = c.str("channels")
	}
	if bad := ws.shareFiles(c, where, done); bad != nil {
		return nil, bad
	}
	return reply{"files": done}, nil
}

func (ws *Workspace) shareFiles(c *call, where string, done []File) *refusal {
	for id := range strings.SplitSeq(where, ",") {
		if id == "" {
			continue
		}
		ch := ws.channel(id)
		if ch == nil {
			return refuse("channel_not_found")
		}
		if bad := ws.mayPost(ch); bad != nil {
			return bad
		}
		blocks, bad := checkMessageBlocks(c.raw("blocks"), ws.newBlockID)
		if bad != nil {
			return bad
		}
		m := ws.appMessage()
		m.Text, m.Blocks, m.Files, m.Subtype = c.str("initial_comment"), blocks, done, "file_share"
		m.ThreadTS = c.str("thread_ts")
		ws.put(ch, m)
		ws.messageEvent(ch, m)
	}
	return nil
}

func (ws *Workspace) fileNamed(id string) (File, []byte, bool) {
	ws.files.mu.Lock()
	defer ws.files.mu.Unlock()
	f := ws.files.byID[id]
	if f == nil || !f.complete {
		return File{}, nil, false
	}
	return f.File, f.body, true
}

func (ws *Workspace) filesInfo(c *call) (reply, *refusal) {
	f, _, ok := ws.fileNamed(c.str("file"))
	if !ok {
		return nil, refuse("file_not_found")
	}
	return reply{"file": f}, nil
}

func (ws *Workspace) filesDelete(c *call) (reply, *refusal) {
	if _, _, ok := ws.fileNamed(c.str("file")); !ok {
		return nil, refuse("file_not_found")
	}
	ws.files.mu.Lock()
	delete(ws.files.byID, c.str("file"))
	ws.files.mu.Unlock()
	return nil, nil
}

// mayRead reports whether a request for a file comes from who may see it: the
// app with its token and the scope files:read, or a browser that is on our own
// page, as Slack's cookie stands for a person.
func (ws *Workspace) mayRead(r *http.Request) bool {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token == ws.cfg.BotToken && ws.hasScope("files:read")
	}
	return r.Header.Get("Sec-Fetch-Site") == "same-origin"
}

// serveFile gives a file to who may see it. Others are sent to sign in, as
// Slack does: with a redirect to a page, not with an error.
func (ws *Workspace) serveFile(w http.ResponseWriter, r *http.Request) {
	if answered, _ := ws.faults.serve(w, r, Download); answered {
		return
	}
	if !ws.mayRead(r) {
		http.Redirect(w, r, "/?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
		return
	}
	f, body, ok := ws.fileNamed(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.Mimetype)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "sandbox")
	_, _ = w.Write(body)
}

// share puts a file of a person's into a channel or thread, as their client does.
func (ws *Workspace) share(user, channelID, thread, name, text string, body []byte) (*Message, error) {
	_, ch, err := ws.here(user, channelID)
	if err != nil {
		return nil, err
	}
	f := ws.newFile(name, name, user, "", len(body))
	ws.files.mu.Lock()
	f.body, f.arrived, f.complete = body, true, true
	ws.files.mu.Unlock()
	m := ws.put(ch, &Message{User: user, Text: text, ThreadTS: thread, Files: []File{f.File}, Subtype: "file_share"})
	ws.messageEvent(ch, m)
	return m, nil
}
