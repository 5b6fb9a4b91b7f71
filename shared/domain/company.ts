/** A company is its mail domain; the mailboxes that anybody can open belong to no company. */

/** The large ones. A free-mail domain that is missing here makes strangers colleagues, so the list errs on the long side. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.fr outlook.de outlook.es hotmail.com hotmail.fr hotmail.it ' +
    'hotmail.es hotmail.co.uk live.com live.fr msn.com yahoo.com yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.co.uk ' +
    'yahoo.co.jp yahoo.co.in yahoo.com.br yahoo.com.mx ymail.com aol.com icloud.com me.com mac.com proton.me ' +
    'protonmail.com pm.me gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com zoho.com ' +
    'yandex.com yandex.ru ya.ru mail.ru bk.ru inbox.ru list.ru rambler.ru qq.com foxmail.com 163.com 126.com ' +
    'yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn naver.com daum.net hanmail.net nate.com ' +
    'docomo.ne.jp ezweb.ne.jp softbank.ne.jp orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it ' +
    'virgilio.it tiscali.it alice.it telefonica.net terra.com.br uol.com.br bol.com.br ig.com.br sapo.pt ' +
    'wp.pl o2.pl interia.pl onet.pl seznam.cz centrum.cz rediffmail.com telia.com comcast.net verizon.net att.net ' +
    'sbcglobal.net cox.net btinternet.com sky.com virginmedia.com ntlworld.com bigpond.com rogers.com'
  ).split(' '),
);

export const isFreeMail = (domain: string): boolean => FREE_MAIL.has(domain);

/** Of a normalised address. */
export const mailDomainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** `undefined` for free mail: its users are no colleagues. */
export function companyDomainOf(address: string): string | undefined {
  const domain = mailDomainOf(address);
  return isFreeMail(domain) ? undefined : domain;
}
