package digest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// width is twice that of a phone, so that it is sharp there. Nothing is written
// smaller than small: 13 px on a phone.
const (
	width = 800
	small = 26
	large = 32
	edge  = 28
)

// The pictures bring their own ground: one that reads well inside both of
// Slack's themes.
var (
	ground = color.RGBA{0xfb, 0xfa, 0xf6, 0xff}
	ink    = color.RGBA{0x22, 0x26, 0x2b, 0xff}
	faint  = color.RGBA{0x5c, 0x65, 0x70, 0xff}
	stone  = color.RGBA{0xd8, 0xdc, 0xe1, 0xff}
	pale   = color.RGBA{0xee, 0xee, 0xea, 0xff}
	upward = color.RGBA{0x1f, 0x7a, 0x4d, 0xff}
	back   = color.RGBA{0xa8, 0x52, 0x0f, 0xff}
)

// canvas draws plain shapes and words.
type canvas struct {
	img   *image.RGBA
	faces map[string]font.Face
}

func newCanvas(height int) (*canvas, error) {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, width, height)), faces: map[string]font.Face{}}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	for name, ttf := range map[string][]byte{"regular": goregular.TTF, "bold": gobold.TTF} {
		parsed, err := opentype.Parse(ttf)
		if err != nil {
			return nil, fmt.Errorf("font: %w", err)
		}
		for _, size := range []int{small, large} {
			face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingFull})
			if err != nil {
				return nil, fmt.Errorf("font: %w", err)
			}
			c.faces[fmt.Sprint(name, size)] = face
		}
	}
	return c, nil
}

// write puts text with its left end at x and its baseline at y.
func (c *canvas) write(x, y int, text, face string, ink color.Color) int {
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(ink), Face: c.faces[face], Dot: fixed.P(x, y)}
	d.DrawString(text)
	return d.Dot.X.Round()
}

// writeMiddle centres text on x.
func (c *canvas) writeMiddle(x, y int, text, face string, ink color.Color) {
	c.write(x-c.wide(text, face)/2, y, text, face, ink)
}

func (c *canvas) wide(text, face string) int { return font.MeasureString(c.faces[face], text).Round() }

// fit shortens text until it is no wider than max.
func (c *canvas) fit(text, face string, max int) string {
	if c.wide(text, face) <= max {
		return text
	}
	r := []rune(text)
	for len(r) > 1 && c.wide(string(r)+"…", face) > max {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// block fills a rectangle with round corners.
func (c *canvas) block(x, y, w, h int, ink color.Color) {
	r := float32(min(10, h/2, w/2))
	x0, y0, x1, y1 := float32(x), float32(y), float32(x+w), float32(y+h)
	const k = 0.5523 // a quarter circle as a cubic
	c.fill(ink, func(v *vector.Rasterizer) {
		v.MoveTo(x0+r, y0)
		v.LineTo(x1-r, y0)
		v.CubeTo(x1-r+k*r, y0, x1, y0+r-k*r, x1, y0+r)
		v.LineTo(x1, y1-r)
		v.CubeTo(x1, y1-r+k*r, x1-r+k*r, y1, x1-r, y1)
		v.LineTo(x0+r, y1)
		v.CubeTo(x0+r-k*r, y1, x0, y1-r+k*r, x0, y1-r)
		v.LineTo(x0, y0+r)
		v.CubeTo(x0, y0+r-k*r, x0+r-k*r, y0, x0+r, y0)
	})
}

// arrow draws a triangle that points up or down, 22 wide, its middle at x, y.
func (c *canvas) arrow(x, y int, up bool, ink color.Color) {
	tip, foot := float32(y-11), float32(y+9)
	if !up {
		tip, foot = float32(y+11), float32(y-9)
	}
	c.fill(ink, func(v *vector.Rasterizer) {
		v.MoveTo(float32(x), tip)
		v.LineTo(float32(x+12), foot)
		v.LineTo(float32(x-12), foot)
	})
}

func (c *canvas) fill(ink color.Color, path func(*vector.Rasterizer)) {
	v := vector.NewRasterizer(c.img.Bounds().Dx(), c.img.Bounds().Dy())
	path(v)
	v.ClosePath()
	v.Draw(c.img, c.img.Bounds(), image.NewUniform(ink), image.Point{})
}

func (c *canvas) png() ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, c.img); err != nil {
		return nil, fmt.Errorf("png: %w", err)
	}
	return b.Bytes(), nil
}
