/** The logos of the invented token requestors, drawn on a white square of 192 by 192. */

/** What is inside the SVG element. Shapes only: no text, so that every machine paints the same picture. */
export const LOGO_DRAWINGS = {
  lark: '<circle cx="96" cy="96" r="76" fill="#fde68a"/><path d="M44 118c30 8 52-4 62-34 4-14 18-22 32-16l18 6-16 8c-4 44-38 66-78 56z" fill="#b45309"/><circle cx="132" cy="76" r="4" fill="#fff"/><path d="M70 112c18 2 32-6 38-22" fill="none" stroke="#fcd34d" stroke-width="6" stroke-linecap="round"/>',
  swallow:
    '<path d="M20 60c34-4 58 10 76 34 18-26 44-40 78-42-14 12-22 26-30 40-12 22-26 34-44 38l-18 34 2-34c-24-4-42-22-50-46-4-10-8-18-14-24z" fill="#1e3a8a"/><path d="M82 164 52 176l26-34zM94 130c-10 0-18-6-24-14 8 2 16 2 24 0z" fill="#f87171"/><circle cx="112" cy="104" r="4" fill="#fff"/>',
  pebble:
    '<ellipse cx="96" cy="134" rx="66" ry="26" fill="#475569"/><ellipse cx="92" cy="96" rx="48" ry="21" fill="#94a3b8"/><ellipse cx="100" cy="64" rx="30" ry="16" fill="#cbd5e1"/><ellipse cx="88" cy="128" rx="22" ry="6" fill="#64748b"/>',
  tide: '<circle cx="96" cy="96" r="76" fill="#0c4a6e"/><path d="M26 104c18-22 36-22 54 0s36 22 54 0c10-12 22-16 34-12-2 44-36 80-72 80s-66-28-70-68z" fill="#38bdf8"/><path d="M34 128c16-16 32-16 48 0s32 16 48 0c8-8 18-12 28-10-12 34-36 54-62 54-28 0-52-18-62-44z" fill="#e0f2fe"/>',
  fjord:
    '<path d="M20 148 64 52l28 52 24-38 56 82z" fill="#1e3a8a"/><path d="m64 52-14 30 14 10 12-16zM116 66l-12 18 12 8 14-8z" fill="#fff"/><path d="M20 148h152v16H20z" fill="#22d3ee"/>',
  nimbus:
    '<path d="M58 138a34 34 0 0 1-2-68 44 44 0 0 1 84-4 36 36 0 0 1-4 72z" fill="#7c3aed"/><circle cx="72" cy="160" r="7" fill="#a78bfa"/><circle cx="98" cy="166" r="7" fill="#a78bfa"/><circle cx="124" cy="160" r="7" fill="#a78bfa"/>',
  fox: '<path d="M36 34 76 68h40l40-34-6 72-54 56-54-56z" fill="#c2410c"/><path d="m96 162-22-42 22-16 22 16z" fill="#ffedd5"/><circle cx="72" cy="96" r="7" fill="#431407"/><circle cx="120" cy="96" r="7" fill="#431407"/>',
  oasis:
    '<circle cx="96" cy="88" r="64" fill="#fbbf24"/><path d="M92 150c2-34 0-52-8-70 18 16 24 38 22 70z" fill="#78350f"/><path d="M86 82c-24-22-46-14-50 6 16-8 32-8 50-6zM86 82c-12-28-2-42 18-44-8 14-12 28-18 44zM88 82c18-26 42-22 52 2-18-8-34-8-52-2z" fill="#15803d"/><path d="M24 152h144c-14 18-130 18-144 0z" fill="#0ea5e9"/>',
  leaves:
    '<path d="M96 26c34 24 34 62 0 88-34-26-34-64 0-88z" fill="#16a34a"/><path d="M30 76c40-6 64 18 62 58-40 4-64-20-62-58z" fill="#4ade80"/><path d="M162 76c-40-6-64 18-62 58 40 4 64-20 62-58z" fill="#86efac"/><path d="M96 96v74" stroke="#14532d" stroke-width="8" stroke-linecap="round"/>',
  amphora:
    '<path d="M74 30h44v14l-8 10c26 18 34 46 14 78l-10 16v16H78v-16l-10-16c-20-32-12-60 14-78l-8-10z" fill="#1d4ed8"/><path d="M66 92h60M64 108h64" stroke="#fff" stroke-width="6"/><path d="M76 58c-24-2-28 22-14 34M116 58c24-2 28 22 14 34" fill="none" stroke="#1d4ed8" stroke-width="8"/>',
  cup: '<path d="M40 70h92v44c0 28-20 46-46 46s-46-18-46-46z" fill="#9f1239"/><path d="M132 82h12c26 0 26 42-8 42" fill="none" stroke="#9f1239" stroke-width="10"/><path d="M68 56c-8-12 8-16 0-30M96 56c-8-12 8-16 0-30" fill="none" stroke="#fb7185" stroke-width="7" stroke-linecap="round"/>',
  orchard:
    '<circle cx="76" cy="112" r="46" fill="#dc2626"/><circle cx="120" cy="112" r="46" fill="#ef4444"/><path d="M98 76c0-22 8-36 24-44" fill="none" stroke="#78350f" stroke-width="8" stroke-linecap="round"/><path d="M102 56c-26 6-42-4-46-26 26-4 42 6 46 26z" fill="#65a30d"/>',
  tram: '<rect x="46" y="36" width="100" height="106" rx="22" fill="#6d28d9"/><rect x="60" y="54" width="72" height="38" rx="8" fill="#ede9fe"/><circle cx="70" cy="116" r="9" fill="#fde047"/><circle cx="122" cy="116" r="9" fill="#fde047"/><path d="M64 142 46 168M128 142l18 26M66 36l30-18 30 18" fill="none" stroke="#4c1d95" stroke-width="8" stroke-linecap="round"/>',
  sundial:
    '<circle cx="96" cy="96" r="72" fill="none" stroke="#ca8a04" stroke-width="10"/><path d="M96 96V40l36 72z" fill="#facc15"/><circle cx="96" cy="96" r="8" fill="#713f12"/><path d="M96 24v14M96 154v14M24 96h14M154 96h14" stroke="#ca8a04" stroke-width="8"/>',
  moth: '<path d="M92 84C70 34 26 36 24 66c-2 34 34 48 68 38zM100 84c22-50 66-48 68-18 2 34-34 48-68 38z" fill="#57534e"/><path d="M92 106c-30 2-48 22-38 44 14 14 34-8 38-44zM100 106c30 2 48 22 38 44-14 14-34-8-38-44z" fill="#a8a29e"/><circle cx="56" cy="70" r="9" fill="#fafaf9"/><circle cx="136" cy="70" r="9" fill="#fafaf9"/><path d="M96 72v70" stroke="#1c1917" stroke-width="9" stroke-linecap="round"/>',
  ring: '<circle cx="96" cy="112" r="52" fill="none" stroke="#b45309" stroke-width="16"/><path d="m96 14 28 24-28 34-28-34z" fill="#06b6d4"/><path d="M68 38h56L96 72z" fill="#67e8f9"/>',
  aurora:
    '<path d="M28 160C32 90 52 40 78 30c-8 36 0 84-10 130z" fill="#34d399"/><path d="M78 160c6-60 2-96 30-124 2 46 14 78 4 124z" fill="#22d3ee"/><path d="M122 160c8-48-4-80 22-108 10 42 22 70 20 108z" fill="#a78bfa"/>',
  bakery:
    '<path d="M30 122c0-44 28-76 66-76s66 32 66 76c0 14-10 22-24 22H54c-14 0-24-8-24-22z" fill="#d97706"/><path d="m64 70 12 22M92 60l10 24M122 66l10 22" stroke="#fef3c7" stroke-width="9" stroke-linecap="round"/>',
  lantern:
    '<path d="M96 20v20M72 40h48" stroke="#7f1d1d" stroke-width="8"/><path d="M96 44c46 0 60 28 60 52s-14 52-60 52-60-28-60-52 14-52 60-52z" fill="#ef4444"/><path d="M96 44c16 0 22 28 22 52s-6 52-22 52-22-28-22-52 6-52 22-52z" fill="#fca5a5"/><path d="M72 152h48M84 152v20M108 152v20" stroke="#7f1d1d" stroke-width="8"/>',
  grove:
    '<circle cx="66" cy="78" r="38" fill="#166534"/><circle cx="126" cy="78" r="38" fill="#22c55e"/><circle cx="96" cy="58" r="36" fill="#4ade80"/><path d="M58 104v60M134 104v60M96 92v72" stroke="#713f12" stroke-width="11" stroke-linecap="round"/>',
  zephyr:
    '<path d="M24 74h92c24 0 24-36 2-36-12 0-18 8-18 16M24 100h122c28 0 28 44 0 44-14 0-20-10-20-18M24 126h66c20 0 20 34 0 34" fill="none" stroke="#0891b2" stroke-width="13" stroke-linecap="round"/>',
  quill:
    '<path d="M158 24C96 30 56 70 54 132l-20 34 34-22c62-4 92-56 90-120z" fill="#1e40af"/><path d="M54 138 122 66" stroke="#bfdbfe" stroke-width="7" stroke-linecap="round"/>',
  snowdrop:
    '<path d="M92 170c-6-60 4-104 36-124" fill="none" stroke="#15803d" stroke-width="8" stroke-linecap="round"/><path d="M128 46c-26 8-38 36-30 64 10-4 16-10 20-18 4 10 12 16 22 18 8-26 6-48-12-64z" fill="#e0e7ff" stroke="#4338ca" stroke-width="6" stroke-linejoin="round"/><path d="M90 166c-38-8-56-38-52-74 32 12 50 38 52 74z" fill="#22c55e"/>',
  till: '<rect x="36" y="92" width="120" height="68" rx="12" fill="#0f766e"/><path d="M54 92 66 44h60l12 48z" fill="#5eead4"/><rect x="76" y="56" width="40" height="16" rx="4" fill="#134e4a"/><circle cx="72" cy="126" r="8" fill="#ccfbf1"/><circle cx="96" cy="126" r="8" fill="#ccfbf1"/><circle cx="120" cy="126" r="8" fill="#fbbf24"/>',
  otter:
    '<circle cx="96" cy="100" r="62" fill="#78350f"/><circle cx="48" cy="54" r="16" fill="#78350f"/><circle cx="144" cy="54" r="16" fill="#78350f"/><ellipse cx="96" cy="120" rx="40" ry="30" fill="#fed7aa"/><ellipse cx="96" cy="106" rx="13" ry="9" fill="#292524"/><circle cx="72" cy="84" r="7" fill="#1c1917"/><circle cx="120" cy="84" r="7" fill="#1c1917"/>',
  comet:
    '<circle cx="130" cy="128" r="32" fill="#f97316"/><path d="M26 30 118 98l-22 22zM70 24l66 66-14 10zM24 76l70 66 8-18z" fill="#fdba74"/><circle cx="122" cy="120" r="11" fill="#ffedd5"/>',
  opera:
    '<path d="M28 52h136v40c0 46-28 76-68 76s-68-30-68-76z" fill="#be123c"/><path d="M54 88c6-10 20-10 26 0M112 88c6-10 20-10 26 0" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round"/><path d="M64 120c18 26 46 26 64 0z" fill="#fff"/><path d="m28 52 20-26 20 26 28-32 28 32 20-26 20 26z" fill="#fbbf24"/>',
  basalt:
    '<path d="m60 36 30 18v36L60 108 30 90V54z" fill="#1f2937"/><path d="m132 36 30 18v36l-30 18-30-18V54z" fill="#4b5563"/><path d="m96 92 30 18v36l-30 18-30-18v-36z" fill="#f43f5e"/>',
  kite: '<path d="m112 20 46 56-62 60-38-62z" fill="#0ea5e9"/><path d="m112 20-16 116M58 74l100 2" stroke="#fff" stroke-width="6"/><path d="M96 136c-10 18-30 4-36 18s-18 14-28 12" fill="none" stroke="#f59e0b" stroke-width="8" stroke-linecap="round"/>',
  cactus:
    '<path d="M80 168V52c0-22 32-22 32 0v116z" fill="#15803d"/><path d="M80 122H60c-16 0-22-10-22-24V80M112 106h20c16 0 22-10 22-24V64" fill="none" stroke="#15803d" stroke-width="18" stroke-linecap="round"/><circle cx="96" cy="34" r="11" fill="#ec4899"/>',
  lock: '<path d="M62 92V66c0-46 68-46 68 0v26" fill="none" stroke="#64748b" stroke-width="15"/><rect x="42" y="88" width="108" height="78" rx="16" fill="#334155"/><circle cx="96" cy="120" r="12" fill="#f8fafc"/><path d="M96 122v26" stroke="#f8fafc" stroke-width="10" stroke-linecap="round"/>',
  gear: '<circle cx="96" cy="96" r="42" fill="none" stroke="#b91c1c" stroke-width="24"/><path d="M96 22v26M96 144v26M22 96h26M144 96h26M44 44l18 18M130 130l18 18M148 44l-18 18M62 130l-18 18" stroke="#b91c1c" stroke-width="18" stroke-linecap="round"/>',
  cone: '<path d="M82 28h28l38 118H44z" fill="#f97316"/><path d="M72 62h48l10 30H62zM54 118h84l9 28H45z" fill="#fff7ed"/><rect x="28" y="146" width="136" height="18" rx="9" fill="#9a3412"/>',
  snail:
    '<circle cx="84" cy="96" r="54" fill="#a16207"/><path d="M84 96c0-14 22-12 22 4s-22 26-38 14-12-52 16-56 50 18 46 46" fill="none" stroke="#fef08a" stroke-width="9" stroke-linecap="round"/><path d="M30 152h110c20 0 26-20 20-50l10-20M160 102l-8-22" fill="none" stroke="#4d7c0f" stroke-width="13" stroke-linecap="round"/>',
  barrier:
    '<path d="M40 60v106M152 60v106" stroke="#1f2937" stroke-width="12" stroke-linecap="round"/><rect x="24" y="66" width="144" height="38" rx="8" fill="#fde047"/><path d="m44 104 28-38h24l-28 38zM96 104l28-38h24l-28 38z" fill="#111827"/>',
  half: '<circle cx="96" cy="96" r="68" fill="#e5e7eb"/><path d="M96 28a68 68 0 0 1 0 136z" fill="#2563eb"/><path d="M96 28v136" stroke="#1e3a8a" stroke-width="6"/>',
  plug: '<path d="M66 24v36M126 24v36" stroke="#374151" stroke-width="14" stroke-linecap="round"/><path d="M46 60h100v24c0 30-20 50-50 50s-50-20-50-50z" fill="#84cc16"/><path d="M96 134v16c0 18-24 8-32 22" fill="none" stroke="#374151" stroke-width="10" stroke-linecap="round"/>',
  crack:
    '<rect x="32" y="32" width="128" height="128" rx="28" fill="#0f172a"/><path d="m104 32-24 50 28 18-30 60" fill="none" stroke="#f8fafc" stroke-width="9" stroke-linejoin="round"/>',
} as const;

export type LogoName = keyof typeof LOGO_DRAWINGS;

export const LOGO_NAMES = Object.keys(LOGO_DRAWINGS) as readonly LogoName[];

export function logoSvg(name: LogoName): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192"><rect width="192" height="192" fill="#fff"/>${LOGO_DRAWINGS[name]}</svg>`;
}
