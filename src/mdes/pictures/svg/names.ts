/** What may stand in a clean SVG: elements, attributes and properties by a list. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Without links and animation: a logo needs neither, and both can be pointed at a script. */
export const ELEMENTS = words(`
  svg g defs symbol use switch title
  path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
  feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage
  feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`);

/** Of SVG too, and painted by no browser: left out with all that is in them. */
export const UNSEEN_ELEMENTS = words(`
  metadata desc font font-face glyph missing-glyph hkern vkern color-profile cursor view tref altGlyph altGlyphDef
  flowRoot flowRegion flowPara flowSpan hatch hatchpath mesh meshgradient meshrow meshpatch solidColor solidcolor
  namedview`);

/** Paint nothing where they stand: only what refers to them has them painted. */
export const DEFINITIONS = words(
  'defs symbol pattern clipPath mask marker linearGradient radialGradient filter',
);

export const SHAPES = words('path rect circle ellipse line polyline polygon text tspan textPath image');

export const TEXTS = words('text tspan textPath title');

/** Whose `href` means something. */
export const REFERRING = words('use image feImage textPath linearGradient radialGradient pattern filter');

/** Presentation attributes, and properties in a style: they paint, and move nothing but within the picture. */
export const PROPERTIES = words(`
  alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
  color-rendering direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity
  font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant
  font-variation-settings font-weight glyph-orientation-vertical image-rendering isolation letter-spacing lighting-color
  line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order
  shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering text-transform transform
  transform-box transform-origin unicode-bidi visibility white-space word-spacing writing-mode`);

export const ATTRIBUTES = words(`
  id viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate width height d points pathLength
  gradientTransform gradientUnits patternTransform patternUnits patternContentUnits spreadMethod offset clipPathUnits
  maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits in in2
  result stdDeviation mode operator k1 k2 k3 k4 type values tableValues slope intercept amplitude exponent radius order
  kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant specularConstant
  specularExponent limitingConeAngle azimuth elevation z pointsAtX pointsAtY pointsAtZ scale xChannelSelector
  yChannelSelector baseFrequency numOctaves seed stitchTiles textLength lengthAdjust startOffset method spacing side
  systemLanguage`);

/** Functions of CSS that take no address. */
export const FUNCTIONS = words(`
  rgb rgba hsl hsla hwb lab lch oklab oklch color var calc matrix translate translatex translatey scale scalex scaley
  rotate skew skewx skewy blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia`);
