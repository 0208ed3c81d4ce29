/**
 * What a label, a field or a variable says about its value. `page`: another address than the API's (home page, proxy,
 * guide). `site`: a name or an address. `secret`: no key of a relay, and never to be sent to one.
 */
export type LabelKind = 'key' | 'secret' | 'url' | 'page' | 'site' | 'name';

/** Patterns for the compact form: lower case, without spaces, dashes, dots and underscores. The first match decides. */
const KINDS: readonly [LabelKind, RegExp][] = [
  [
    'secret',
    /(?:(?:access|refresh|id|session|csrf|admin|system|root|personal)token|(?:management|secret|private|public|ssh|license|admin|master|sort|primary|foreign|hot)key|keysecret|password|passwd|cookie|userid|访问令牌|刷新令牌|系统令牌|管理密钥|密码|用户id)$/,
  ],
  [
    'key',
    /^(?:api|x|relay)?(?:key|token|sk)s?$|(?:apikey|accesskey|authtoken|apitoken)s?$|^bearer$|^authorization$|(?:密钥|秘钥|密匙|令牌|卡密)$/,
  ],
  ['site', /^(?:relay|relaysite|site|website|api|站点|网站|中转站?|中转站点)$/],
  [
    'name',
    /^(?:name|title|label|relayname|sitename|providername|provider|displayname|nickname|remark|note|名称|名字|站名|站点名称?|网站名称?|中转站名称?|供应商|渠道|平台|备注|昵称|标题)$/,
  ],
  [
    'page',
    /(?:proxy|logo|icon|avatar|image|docs?|help|webhook|callback|redirect|schema|download|usage|config|register|signup|invite|console)(?:url|uri|link|address)?$|^home|^aff|官网|首页|注册|教程|文档|邀请|控制台|充值/,
  ],
  [
    'url',
    /(?:url|uri)s?$|^(?:api)?(?:base|endpoint|host|address|domain|server)$|(?:apibase|endpoint|apihost|baseaddress)$|(?:地址|网址|域名|链接|接口|端点)$/,
  ],
];

/** The kind of a field, a variable or a phrase (`apiKey`, `OPENAI_BASE_URL`, `接口地址`), or undefined. */
export function labelKind(name: string): LabelKind | undefined {
  if (name.length > 48 || /[^\p{L}\p{N}\s_.()-]/u.test(name)) return undefined;
  const compact = name.toLowerCase().replace(/[\s_.-]+/g, '');
  const kind = KINDS.find(([, pattern]) => pattern.test(compact))?.[0];
  if (kind) return kind;
  // `HOSHI_KEY`, `hoshiKey`: one word whose last part is “key”.
  return /^\S*(?:[_.-]keys?|[_.-]KEYS?|[a-z0-9]Keys?)$/.test(name) ? 'key' : undefined;
}

const SEPARATED = /[:=：]["'`*\s]{0,12}$/;
/** A phrase of letters with its separator at the end of a text: `…, API Key: "`. */
const ENDING = /([\p{L}\p{N}_.-][\p{L}\p{N}_.\- ]{0,39})["'`*)）]{0,4}\s?[:=：]{1,2}\s{0,8}["'`*]{0,4}$/u;
const BEARER = /\bbearer\s{1,8}["'`]?$/i;

/** The label that stands right before a value, and where it begins. Only the last 64 characters count. */
export function labelBefore(text: string): { kind: LabelKind | undefined; at: number } {
  const start = Math.max(0, text.length - 64);
  const tail = text.slice(start);
  const bearer = BEARER.exec(tail);
  if (bearer) return { kind: 'key', at: start + bearer.index };
  const ending = SEPARATED.test(tail.slice(-16)) ? ENDING.exec(tail) : null;
  if (!ending?.[1]) return { kind: undefined, at: text.length };
  // “Hoshi API Key:” is a name and a label: take the longest ending that is a label.
  let at = ending.index;
  const words = ending[1].split(/(?<= )/);
  while (words.length > 0) {
    const kind = labelKind(words.join('').trim());
    if (kind) return { kind, at: start + at };
    at += words.shift()?.length ?? 0;
  }
  return { kind: undefined, at: text.length };
}
