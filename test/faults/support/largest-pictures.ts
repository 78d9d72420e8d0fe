/** Pictures just below what is refused, each heavy in another way. */
import { makePng, makeSvg } from '../../support/pictures.js';

const BOX = 'width="10" height="10"';

export function largestPictures(): Readonly<Record<string, Buffer>> {
  const rects = (count: number, more: string) => `<rect ${BOX} fill="#0a0" ${more}/>`.repeat(count);
  return {
    paths: makeSvg('<path d="M1 1h8v8z" opacity=".5"/>'.repeat(6000)),
    uses: makeSvg(
      `<defs><g id="a">${'<use href="#b"/>'.repeat(13)}</g><g id="b">${'<use href="#c"/>'.repeat(13)}</g><g id="c">${'<use href="#d"/>'.repeat(13)}</g><path id="d" d="M1 1h8v8z"/></defs><use href="#a"/><use href="#a"/>`,
    ),
    masks: makeSvg(`<mask id="m">${rects(1, '')}</mask>${rects(850, 'mask="url(#m)"')}`),
    'masks of masks': makeSvg(
      `<mask id="c">${rects(1, '')}</mask><mask id="b">${rects(8, 'mask="url(#c)"')}</mask><mask id="a">${rects(8, 'mask="url(#b)"')}</mask>${rects(10, 'mask="url(#a)"')}`,
    ),
    'clip paths': makeSvg(`<clipPath id="m"><circle r="9"/></clipPath>${rects(3000, 'clip-path="url(#m)"')}`),
    markers: makeSvg(
      `<marker id="b"><path d="M0 0L1 1"/></marker><marker id="a"><path d="M0 0${'L1 1'.repeat(9)}" marker-mid="url(#b)"/></marker><path d="M0 0${'L5 5L1 9'.repeat(40)}" stroke="red" marker-mid="url(#a)"/>`,
    ),
    layers: makeSvg('<g opacity=".9"><path d="M1 1h8v8z"/><path d="M0 1h8v8z"/></g>'.repeat(750)),
    'nested layers': makeSvg(
      `${'<g opacity=".99"><path d="M1 1h8v8z"/>'.repeat(55)}${'</g>'.repeat(55)}`.repeat(14),
    ),
    blends: makeSvg(
      '<g style="mix-blend-mode:multiply"><path d="M1 1h8v8z"/><path d="M0 1h8v8z"/></g>'.repeat(750),
    ),
    blur: makeSvg(
      `<filter id="f"><feGaussianBlur stdDeviation="3"/></filter>${rects(125, 'filter="url(#f)"')}`,
    ),
    'blur of CSS': makeSvg(rects(380, 'style="filter:blur(3px)"')),
    noise: makeSvg(
      `<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="4"/></filter>${rects(11, 'filter="url(#f)"')}`,
    ),
    light: makeSvg(
      `<filter id="f"><feSpecularLighting surfaceScale="5"><fePointLight x="5" y="5" z="9"/></feSpecularLighting></filter>${rects(43, 'filter="url(#f)"')}`,
    ),
    morphology: makeSvg(
      `<filter id="f"><feMorphology operator="dilate" radius="35"/></filter>${rects(1, 'filter="url(#f)"')}`,
    ),
    'morphology that is scaled': makeSvg(
      `<filter id="f"><feMorphology operator="dilate" radius="1"/></filter><g transform="scale(1000)">${rects(1, 'filter="url(#f)"')}</g>`,
    ),
    kernels: makeSvg(
      `<filter id="f"><feConvolveMatrix order="9" kernelMatrix="${'1 '.repeat(81)}"/></filter>${rects(2, 'filter="url(#f)"')}`,
    ),
    patterns: makeSvg(
      `<pattern id="b" width=".1" height=".1">${rects(9, '')}</pattern><pattern id="a" width=".1" height=".1">${rects(9, 'fill="url(#b)"').replaceAll('fill="#0a0"', '')}</pattern>${rects(80, 'fill="url(#a)"').replaceAll('fill="#0a0"', '')}`,
    ),
    'a long path, some times': makeSvg(
      `<path id="p" d="M0 0${'l9 3-9 3 1-6'.repeat(5000)}"/>${'<use href="#p"/>'.repeat(25)}`,
    ),
    strokes: makeSvg(
      `<path d="M0 0${'l9 3-9 3 1-6'.repeat(20_000)}" fill="none" stroke="red" stroke-width="9" stroke-linejoin="round"/>`,
    ),
    dashes: makeSvg(
      '<path d="M0 0L10 10" transform="scale(.01)" stroke="red" stroke-width="9" stroke-dasharray=".001 .001"/>'.repeat(
        28,
      ),
    ),
    letters: makeSvg(`<text y="5" font-size="3">${'Ag'.repeat(90_000)}</text>`),
    'pictures inside': makeSvg(
      `<image ${BOX} href="data:image/png;base64,${makePng({ width: 4096, height: 4096 }).toString('base64')}"/>`.repeat(
        6,
      ),
    ),
  };
}
