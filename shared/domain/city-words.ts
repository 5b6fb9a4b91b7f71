/**
 * The city of a time zone in the language of a letter: 柏林时间, hora de Londres. Only what differs from the English name; a
 * zone or a language that is missing keeps that.
 */

/** The order of the names below; an empty one is as in English. */
const LANGUAGES = 'zh,zh-Hant,ja,ko,ru,ar,es,pt,fr,de,it,nl,pl,tr,sv,vi'.split(',');

const NAMES: Readonly<Record<string, string>> = {
  'Europe/Berlin': '柏林,柏林,ベルリン,베를린,Берлин,برلين,Berlín,Berlim,,,Berlino,Berlijn,,,,',
  'Europe/Vienna': '维也纳,維也納,ウィーン,빈,Вена,فيينا,Viena,Viena,Vienne,Wien,,Wenen,Wiedeń,Viyana,Wien,',
  'Europe/Zurich':
    '苏黎世,蘇黎世,チューリッヒ,취리히,Цюрих,زيورخ,Zúrich,Zurique,,Zürich,Zurigo,Zürich,Zurych,Zürih,Zürich,',
  'Europe/Paris': '巴黎,巴黎,パリ,파리,Париж,باريس,París,,,,Parigi,Parijs,Paryż,,,',
  'Europe/London':
    '伦敦,倫敦,ロンドン,런던,Лондон,لندن,Londres,Londres,Londres,,Londra,Londen,Londyn,Londra,,Luân Đôn',
  'Europe/Madrid': '马德里,馬德里,マドリード,마드리드,Мадрид,مدريد,,,,,,,Madryt,,,',
  'Europe/Rome': '罗马,羅馬,ローマ,로마,Рим,روما,Roma,Roma,,Rom,Roma,,Rzym,Roma,Rom,',
  'Europe/Lisbon':
    '里斯本,里斯本,リスボン,리스본,Лиссабон,لشبونة,Lisboa,Lisboa,Lisbonne,Lissabon,Lisbona,Lissabon,Lizbona,Lizbon,Lissabon,',
  'Europe/Brussels':
    '布鲁塞尔,布魯塞爾,ブリュッセル,브뤼셀,Брюссель,بروكسل,Bruselas,Bruxelas,Bruxelles,Brüssel,Bruxelles,Brussel,Bruksela,Brüksel,Bryssel,',
  'Europe/Amsterdam': '阿姆斯特丹,阿姆斯特丹,アムステルダム,암스테르담,Амстердам,أمستردام,Ámsterdam,,,,,,,,,',
  'Europe/Warsaw':
    '华沙,華沙,ワルシャワ,바르샤바,Варшава,وارسو,Varsovia,Varsóvia,Varsovie,Warschau,Varsavia,Warschau,Warszawa,Varşova,Warszawa,',
  'Europe/Stockholm':
    '斯德哥尔摩,斯德哥爾摩,ストックホルム,스톡홀름,Стокгольм,ستوكهولم,Estocolmo,Estocolmo,,,Stoccolma,,Sztokholm,Stokholm,,',
  'Europe/Istanbul':
    '伊斯坦布尔,伊斯坦堡,イスタンブール,이스탄불,Стамбул,إسطنبول,Estambul,Istambul,,,,,Stambuł,İstanbul,,',
  'Europe/Moscow':
    '莫斯科,莫斯科,モスクワ,모스크바,Москва,موسكو,Moscú,,Moscou,Moskau,Mosca,Moskou,Moskwa,Moskova,Moskva,',
  'Africa/Cairo': '开罗,開羅,カイロ,카이로,Каир,القاهرة,El Cairo,,Le Caire,Kairo,,Caïro,Kair,Kahire,Kairo,',
  'Africa/Johannesburg':
    '约翰内斯堡,約翰尼斯堡,ヨハネスブルグ,요하네스버그,Йоханнесбург,جوهانسبرغ,Johannesburgo,Joanesburgo,,,,,,,,',
  'Africa/Lagos': '拉各斯,拉哥斯,ラゴス,라고스,Лагос,لاغوس,,,,,,,,,,',
  'Asia/Dubai': '迪拜,杜拜,ドバイ,두바이,Дубай,دبي,Dubái,,Dubaï,,,,Dubaj,,,',
  'Asia/Riyadh': '利雅得,利雅德,リヤド,리야드,Эр-Рияд,الرياض,Riad,,Riyad,Riad,Riad,Riyad,Rijad,Riyad,Riyad,',
  'Asia/Kolkata': '印度,印度,インド,인도,Индия,الهند,,Índia,Inde,Indien,,,Indie,Hindistan,Indien,Ấn Độ',
  'Asia/Bangkok': '曼谷,曼谷,バンコク,방콕,Бангкок,بانكوك,,,,,,,,,,',
  'Asia/Jakarta':
    '雅加达,雅加達,ジャカルタ,자카르타,Джакарта,جاكرتا,Yakarta,Jacarta,,,Giacarta,,Dżakarta,Cakarta,,',
  'Asia/Singapore':
    '新加坡,新加坡,シンガポール,싱가포르,Сингапур,سنغافورة,Singapur,Singapura,Singapour,Singapur,,,Singapur,Singapur,,',
  'Asia/Shanghai':
    '北京,北京,北京,베이징,Пекин,بكين,Pekín,Pequim,Pékin,Peking,Pechino,Peking,Pekin,Pekin,Peking,Bắc Kinh',
  'Asia/Hong_Kong':
    '香港,香港,香港,홍콩,Гонконг,هونغ كونغ,,,,Hongkong,,Hongkong,Hongkong,,Hongkong,Hồng Kông',
  'Asia/Taipei': '台北,台北,台北,타이베이,Тайбэй,تايبيه,Taipéi,,,Taipeh,,,Tajpej,,,Đài Bắc',
  'Asia/Seoul': '首尔,首爾,ソウル,서울,Сеул,سول,Seúl,Seul,Séoul,,,,Seul,Seul,,',
  'Asia/Tokyo': '东京,東京,東京,도쿄,Токио,طوكيو,Tokio,Tóquio,,Tokio,,Tokio,Tokio,,,',
  'Asia/Ho_Chi_Minh': '胡志明市,胡志明市,ホーチミン,호찌민,Хошимин,هو تشي منه,,,,,,,,,,TP. Hồ Chí Minh',
  'Australia/Sydney': '悉尼,雪梨,シドニー,시드니,Сидней,سيدني,Sídney,,,,,,,,,',
  'America/New_York': '纽约,紐約,ニューヨーク,뉴욕,Нью-Йорк,نيويورك,Nueva York,Nova York,,,,,Nowy Jork,,,',
  'America/Chicago': '芝加哥,芝加哥,シカゴ,시카고,Чикаго,شيكاغو,,,,,,,,,,',
  'America/Los_Angeles':
    '洛杉矶,洛杉磯,ロサンゼルス,로스앤젤레스,Лос-Анджелес,لوس أنجلوس,Los Ángeles,,,,,,,,,',
  'America/Toronto': '多伦多,多倫多,トロント,토론토,Торонто,تورنتو,,,,,,,,,,',
  'America/Mexico_City':
    '墨西哥城,墨西哥城,メキシコシティ,멕시코시티,Мехико,مكسيكو سيتي,Ciudad de México,Cidade do México,Mexico,Mexiko-Stadt,Città del Messico,Mexico-Stad,Meksyk,Meksiko,,',
  'America/Sao_Paulo': '圣保罗,聖保羅,サンパウロ,상파울루,Сан-Паулу,ساو باولو,,,,,San Paolo,,,,,',
  'America/Argentina/Buenos_Aires':
    '布宜诺斯艾利斯,布宜諾斯艾利斯,ブエノスアイレス,부에노스아이레스,Буэнос-Айрес,بوينس آيرس,,,,,,,,,,',
  'America/Bogota': '波哥大,波哥大,ボゴタ,보고타,Богота,بوغوتا,,,,,,,,,,',
  'America/Lima': '利马,利馬,リマ,리마,Лима,ليما,,,,,,,,,,',
  'America/Santiago': '圣地亚哥,聖地牙哥,サンティアゴ,산티아고,Сантьяго,سانتياغو,,,,,,,,,,',
};

/** What older systems still call these zones. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
};

/** `language`: `zh-Hant` for traditional Chinese, else two letters. `undefined`: as in English. */
export function cityIn(language: string, zone: string): string | undefined {
  const name = NAMES[OLD_NAMES[zone] ?? zone]?.split(',')[LANGUAGES.indexOf(language)];
  return name === '' ? undefined : name;
}
