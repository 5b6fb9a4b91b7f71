/**
 * Business cities as their own people write them, where that is not in Latin letters, and some exonyms of neighbours: a
 * list from a Chinese sheet says 迪拜 and 慕尼黑. Country → zone → names; `places.ts` looks them up like all others.
 */

/** Chinese and Japanese addresses write most cities with 市 behind the name as well. */
const HAN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CN: {
    'Asia/Shanghai':
      '上海,北京,深圳,广州,宁波,杭州,义乌,青岛,天津,重庆,成都,武汉,南京,苏州,无锡,温州,台州,绍兴,金华,嘉兴,厦门,福州,泉州,' +
      '东莞,佛山,中山,珠海,惠州,汕头,济南,烟台,潍坊,大连,沈阳,长春,哈尔滨,西安,郑州,长沙,合肥,南昌,昆明,贵阳,南宁,太原,' +
      '石家庄,兰州,乌鲁木齐,海口,永康,慈溪,余姚,廣州,寧波,義烏,蘇州,無錫,溫州,廈門,東莞,重慶',
  },
  HK: { 'Asia/Hong_Kong': '香港,九龙,九龍' },
  TW: { 'Asia/Taipei': '台北,臺北,新北,桃园,桃園,台中,臺中,台南,臺南,高雄,新竹' },
  JP: {
    'Asia/Tokyo':
      '東京,东京,東京都,大阪,大阪府,名古屋,横浜,横滨,神戸,神户,京都,福岡,福冈,札幌,仙台,広島,广岛,浜松,静岡,川崎,さいたま,千葉,新潟,金沢',
  },
  KR: { 'Asia/Seoul': '首尔,釜山,仁川,大邱,光州' },
  SG: { 'Asia/Singapore': '新加坡' },
  MY: { 'Asia/Kuala_Lumpur': '吉隆坡,槟城' },
  TH: { 'Asia/Bangkok': '曼谷' },
  VN: { 'Asia/Ho_Chi_Minh': '胡志明,河内' },
  ID: { 'Asia/Jakarta': '雅加达,泗水' },
  PH: { 'Asia/Manila': '马尼拉' },
  IN: { 'Asia/Kolkata': '孟买,新德里,德里,班加罗尔,金奈' },
  PK: { 'Asia/Karachi': '卡拉奇,拉合尔' },
  BD: { 'Asia/Dhaka': '达卡' },
  AE: { 'Asia/Dubai': '迪拜,阿布扎比' },
  SA: { 'Asia/Riyadh': '利雅得,吉达' },
  IL: { 'Asia/Jerusalem': '特拉维夫' },
  TR: { 'Europe/Istanbul': '伊斯坦布尔,安卡拉' },
  EG: { 'Africa/Cairo': '开罗' },
  NG: { 'Africa/Lagos': '拉各斯' },
  KE: { 'Africa/Nairobi': '内罗毕' },
  ZA: { 'Africa/Johannesburg': '约翰内斯堡,开普敦' },
  RU: { 'Europe/Moscow': '莫斯科,圣彼得堡', 'Asia/Vladivostok': '海参崴' },
  DE: { 'Europe/Berlin': '柏林,汉堡,慕尼黑,科隆,法兰克福,斯图加特,杜塞尔多夫' },
  FR: { 'Europe/Paris': '巴黎,里昂,马赛' },
  GB: { 'Europe/London': '伦敦,曼彻斯特' },
  IT: { 'Europe/Rome': '米兰,罗马,都灵' },
  ES: { 'Europe/Madrid': '马德里,巴塞罗那,瓦伦西亚' },
  PT: { 'Europe/Lisbon': '里斯本,波尔图' },
  NL: { 'Europe/Amsterdam': '阿姆斯特丹,鹿特丹' },
  PL: { 'Europe/Warsaw': '华沙' },
  BR: { 'America/Sao_Paulo': '圣保罗,里约热内卢' },
  MX: { 'America/Mexico_City': '墨西哥城' },
  AR: { 'America/Argentina/Buenos_Aires': '布宜诺斯艾利斯' },
  // San Diego has the same name: without a country it says nothing.
  CL: { 'America/Santiago': '圣地亚哥' },
  US: {
    'America/New_York': '纽约,波士顿,迈阿密,亚特兰大,费城,华盛顿',
    'America/Chicago': '芝加哥,休斯顿,达拉斯',
    'America/Denver': '丹佛',
    'America/Los_Angeles': '洛杉矶,旧金山,圣迭戈,圣地亚哥,圣何塞,西雅图,拉斯维加斯',
  },
  CA: { 'America/Toronto': '多伦多,蒙特利尔,渥太华', 'America/Vancouver': '温哥华' },
  AU: {
    'Australia/Sydney': '悉尼',
    'Australia/Melbourne': '墨尔本',
    'Australia/Brisbane': '布里斯班',
    'Australia/Perth': '珀斯',
  },
  NZ: { 'Pacific/Auckland': '奥克兰' },
};

const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KR: {
    'Asia/Seoul':
      '서울,서울시,서울특별시,부산,부산시,부산광역시,인천,인천광역시,대구,대구광역시,대전,대전광역시,광주,광주광역시,울산,울산광역시,수원,창원,성남',
  },
  RU: {
    'Europe/Moscow':
      'Москва,г. Москва,Санкт-Петербург,Казань,Нижний Новгород,Краснодар,Ростов-на-Дону,Воронеж,Тула,Ярославль',
    'Europe/Kaliningrad': 'Калининград',
    'Europe/Samara': 'Самара,Ижевск,Тольятти',
    'Asia/Yekaterinburg': 'Екатеринбург,Челябинск,Пермь,Уфа,Тюмень',
    'Asia/Omsk': 'Омск',
    'Asia/Novosibirsk': 'Новосибирск',
    'Asia/Krasnoyarsk': 'Красноярск',
    'Asia/Irkutsk': 'Иркутск',
    'Asia/Vladivostok': 'Владивосток,Хабаровск',
  },
  UA: { 'Europe/Kyiv': 'Київ,Киев,Львів,Львов,Одеса,Одесса,Харків,Харьков,Дніпро' },
  BG: { 'Europe/Sofia': 'София,Пловдив,Варна,Бургас' },
  RS: { 'Europe/Belgrade': 'Beograd,Belgrade,Београд,Нови Сад,Novi Sad' },
  BY: { 'Europe/Minsk': 'Minsk,Минск,Мінск' },
  KZ: { 'Asia/Almaty': 'Алматы,Астана,Шымкент' },
  UZ: { 'Asia/Tashkent': 'Tashkent,Toshkent,Ташкент' },
  GE: { 'Asia/Tbilisi': 'Tbilisi,თბილისი' },
  AM: { 'Asia/Yerevan': 'Yerevan,Երևան' },
  GR: { 'Europe/Athens': 'Αθήνα,Θεσσαλονίκη,Πειραιάς,Πάτρα' },
  CY: { 'Asia/Nicosia': 'Nicosia,Limassol,Λευκωσία,Λεμεσός' },
  IL: { 'Asia/Jerusalem': 'תל אביב,תל אביב יפו,ירושלים,חיפה' },
  AE: { 'Asia/Dubai': 'دبي,أبوظبي,أبو ظبي,الشارقة' },
  SA: { 'Asia/Riyadh': 'الرياض,جدة,الدمام,الخبر' },
  QA: { 'Asia/Qatar': 'Doha,الدوحة' },
  KW: { 'Asia/Kuwait': 'Kuwait City,مدينة الكويت,الكويت' },
  BH: { 'Asia/Bahrain': 'Manama,المنامة' },
  OM: { 'Asia/Muscat': 'Muscat,مسقط' },
  JO: { 'Asia/Amman': 'Amman,عمان,عمّان' },
  LB: { 'Asia/Beirut': 'Beirut,بيروت' },
  IQ: { 'Asia/Baghdad': 'Baghdad,بغداد' },
  IR: { 'Asia/Tehran': 'Tehran,تهران' },
  EG: { 'Africa/Cairo': 'القاهرة,الإسكندرية,الجيزة' },
  MA: { 'Africa/Casablanca': 'الدار البيضاء,الرباط,طنجة' },
  DZ: { 'Africa/Algiers': 'Algiers,Alger,الجزائر' },
  TN: { 'Africa/Tunis': 'Tunis,تونس' },
  PK: { 'Asia/Karachi': 'کراچی,لاہور' },
  IN: { 'Asia/Kolkata': 'मुंबई,दिल्ली,नई दिल्ली,पुणे,बेंगलुरु,चेन्नई,कोलकाता' },
  BD: { 'Asia/Dhaka': 'ঢাকা,চট্টগ্রাম' },
  TH: { 'Asia/Bangkok': 'กรุงเทพ,กรุงเทพฯ,กรุงเทพมหานคร,เชียงใหม่' },
  VN: {
    'Asia/Ho_Chi_Minh':
      'Thành phố Hồ Chí Minh,TP. Hồ Chí Minh,TP HCM,Hồ Chí Minh,Hà Nội,Hải Phòng,Đà Nẵng,Sài Gòn',
  },
  DE: { 'Europe/Berlin': 'Muenchen,Koeln,Duesseldorf,Nuernberg' },
};

const withSuffix = (names: string): string =>
  names
    .split(',')
    .flatMap((name) => (/[市都府]$/u.test(name) ? [name] : [name, `${name}市`]))
    .join(',');

export const CITY_NAMES: readonly Readonly<Record<string, Readonly<Record<string, string>>>>[] = [
  Object.fromEntries(
    Object.entries(HAN).map(([country, zones]) => [
      country,
      Object.fromEntries(Object.entries(zones).map(([zone, names]) => [zone, withSuffix(names)])),
    ]),
  ),
  OTHERS,
];
