/** One idea, the word for it in each language, and words for it that a text must not have. */
interface Idea {
  en: string;
  zh: string;
  never: { en?: RegExp; zh?: RegExp };
  /** Where a word is right nevertheless (the start of a key), and why. */
  but?: Record<string, string>;
}

const OF_NEW_API_SITE = 'the site is a New API site';

/** Sections and keys about a New API site, which is called a site once it was named whole. */
const ABOUT_SITES = Object.fromEntries(
  ['newApi', 'channels', 'sync', 'channelImport', 'channelExport', 'failure.channel-', 'history.'].map(
    (start) => [start, OF_NEW_API_SITE],
  ),
);

export const GLOSSARY: readonly Idea[] = [
  {
    en: 'relay',
    zh: '中转站',
    never: {
      en: /(?<!New API )\bsites?\b|\b(?:station|platform)s?\b/i,
      zh: /(?<!New API )站点|平台|网站|中继/,
    },
    but: {
      ...ABOUT_SITES,
      'accounts.': 'the web site where the user signs in',
      'addAccount.': 'the web site where the user signs in',
      'handoff.': 'a chat site of the user’s own',
    },
  },
  {
    en: 'account',
    zh: '账号',
    never: { en: /\b(?:logins?|profiles?)\b/i, zh: /账户|帐[号户]|登陆/ },
  },
  {
    en: 'key',
    zh: '密钥',
    never: { en: /\bcredentials?\b/i, zh: /秘钥|凭[证据]/ },
  },
  {
    en: 'access token',
    zh: '访问令牌',
    never: { en: /(?<!\baccess )\btokens?\b/i, zh: /(?<!访问)令牌/ },
    but: { 'dialog.tryChatHelp': 'what models count in', 'batch.tryChatHelp': 'what models count in' },
  },
  {
    en: 'provider',
    zh: '供应商',
    never: { en: /\bvendors?\b(?! prefix)/i, zh: /提供商/ },
  },
  {
    en: 'New API site, with a channel',
    zh: 'New API 站点，渠道',
    never: {
      en: /\b(?:an?|the|this|that|no|one|your|own|add|remove|is a) New APIs?\b(?! site| channel)|\bNew APIs\b/i,
      zh: /(?:个|添加|移除|没有|保存|是) ?New API(?! 站点| 渠道)|通道/,
    },
  },
  {
    en: 'import, send to',
    zh: '导入，发送到',
    never: { en: /\b(?:tak(?:e|es|en|ing) (?:it |them )?in|goes in|hand(?:s|ed|ing)? (?:out|over))\b/i },
  },
  {
    en: 'undo',
    zh: '撤销',
    never: { en: /\btak(?:e|es|en|ing) back\b|\broll(?:s|ed)? back\b/i, zh: /撤消|回滚|回退/ },
  },
  {
    en: 'refresh',
    zh: '刷新',
    never: { en: /\bread (?:it |the list |them )?(?:again|once more)\b/i, zh: /重新读取|再次读取/ },
  },
  {
    en: 'skip, leave out',
    zh: '跳过，不导入',
    never: { en: /\bpass(?:es|ed)? over\b/i },
  },
  {
    en: 'plain words: create, enter, encrypted, character',
    zh: '你',
    never: {
      en: /\bkin\b|\bone a line\b|\bsigns\b|\bsealed\b|(?<!\bthere )\b(?:is|are) no (?!longer|more)(?:usable |whole )?\w+\b/i,
      zh: /您|咱/,
    },
  },
  {
    en: 'no courtesies and no cheers',
    zh: '不说“请”，不报“成功”',
    never: {
      en: /\b(?:please|sorry|success(?:ful|fully)?|oops|congratulations|OK|yes|submit)\b|!/i,
      zh: /(?<![申邀])请(?!求)|成功|抱歉|恭喜|！|确定$/,
    },
    but: { 'about.promise': 'what a success is to mean' },
  },
];

/** Values that are names which users gave (to keys, relays, providers, channels, sites …). A text quotes them. */
export const GIVEN_NAMES = ['name', 'key', 'relay', 'provider', 'channel', 'newApi', 'owner', 'free'];

/** Where such a value stands without quotation marks (the start of a key), and why. */
export const UNQUOTED: Record<string, string> = {
  'handoff.': 'names of well-known programs',
  'iconRow.': 'names of well-known programs',
  'cpa.': 'names of steps',
  'aliases.ruleOf': 'a kind of rule, which is our own word',
  'aliases.up': 'a kind of rule, which is our own word',
  'aliases.down': 'a kind of rule, which is our own word',
  'aliases.remove': 'a kind of rule, which is our own word',
  'aliases.preview.droppedBy': 'a kind of rule, which is our own word',
  'aliases.preview.slow': 'a kind of rule, which is our own word',
  'batch.prefixHelp': 'a placeholder that the user types',
  'result.use.curlHelp': 'a placeholder in the command that was copied',
};

/** Quoted texts that are not the names of buttons or pages (the start of a key), and what they are. */
export const QUOTED: Record<string, string> = {
  'reason.reserved': 'a name of a model',
  'aliases.': 'examples of names',
  'dialog.headersHelp': 'a header as it is typed',
  'dialog.manualHelp': 'a line as it is typed',
};

/** Chinese texts with half-width signs beside Chinese (the start of a key), and why. */
export const HALF_WIDTH: Record<string, string> = {
  'aliases.field.marksHelp': 'words as they are typed',
  'dialog.headersHelp': 'a header as it is typed',
};
