/**
 * What of a mail is looked at. Anyone may send us any bytes, so each limit is the price we agree to pay for a
 * stranger; what lies beyond makes a mail `unread` or `truncated`, never an exception.
 */

/** The reply text stands in front; what follows are attachments. SES takes up to 40 MB. */
export const MAIL_BYTES_MAX = 2 * 1024 * 1024;
/** 2 MB of base64 is 27,000 lines; the parser below pays per line, so a megabyte of line ends is cut here. */
export const MAIL_LINES_MAX = 100_000;
/** A long thread is 50 KB; language, date and phone rules look at far less (see `READ_CHARS_MAX`). */
export const TEXT_CHARS_MAX = 256 * 1024;
/** HTML carries about four characters of markup for each of text. */
export const HTML_CHARS_MAX = 512 * 1024;
/** Tables nest by dozens; an unmatched end tag costs one step per open element. */
export const HTML_DEPTH_MAX = 1_000;
/** Tags and stretches of text: a newsletter of 500 KB has some 20,000. */
export const HTML_PIECES_MAX = 50_000;
/** Postfix's default `header_size_limit` for one header is 102,400 bytes. */
export const HEADER_BYTES_MAX = 102_400;
export const HEADER_SECTION_BYTES_MAX = 1024 * 1024;
/** Real mails show 20–150 header lines, mails through many relays some 300. */
export const HEADER_LINES_MAX = 1_000;
/** Dovecot and Postfix allow 100 nested MIME levels. */
export const DEPTH_MAX = 100;
/** Dovecot allows 10,000; a sales conversation has a dozen. */
export const PARTS_MAX = 1_000;
/** Of these, multiparts: each costs a parser far more than a leaf; a thread of forwards as attachments has dozens. */
export const BOUNDARIES_MAX = 200;
/** More people than this on one mail are not read; the first ones are who matters. */
export const ADDRESSES_MAX = 200;
/** References of a thread that grew for years stay below this. */
export const IDS_MAX = 100;
/** Recipients read out of one delivery report. */
export const REPORT_RECIPIENTS_MAX = 100;
/** Bytes of a delivery report, or of a returned message's header section, that are looked at. */
export const REPORT_BYTES_MAX = 64 * 1024;
/** A message inside a message inside a message: deeper ones are counted as attachments. */
export const ATTACHED_DEPTH_MAX = 2;

/** Phrases, dates, people and phones are looked for in this much of the new text: about five pages. */
export const READ_CHARS_MAX = 16 * 1024;
