/**
 * States and business cities whose zone their country alone does not tell. Only what IANA's `zone1970.tab` and the
 * places' own law say; a place that is missing here falls back to its country.
 */
import { CITY_NAMES } from './city-names.ts';
import { nameKey } from './name-key.ts';

/** Country → zone → its states, each as code and name. A split state stands where most of its people live. */
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AU: {
    'Australia/Sydney': 'NSW,New South Wales,ACT,Australian Capital Territory',
    'Australia/Melbourne': 'VIC,Victoria',
    'Australia/Brisbane': 'QLD,Queensland',
    'Australia/Adelaide': 'SA,South Australia',
    'Australia/Perth': 'WA,Western Australia',
    'Australia/Hobart': 'TAS,Tasmania',
    'Australia/Darwin': 'NT,Northern Territory',
  },
  BR: {
    'America/Sao_Paulo':
      'SP,São Paulo,RJ,Rio de Janeiro,MG,Minas Gerais,ES,Espírito Santo,PR,Paraná,SC,Santa Catarina,' +
      'RS,Rio Grande do Sul,DF,Distrito Federal,GO,Goiás',
    'America/Bahia': 'BA,Bahia',
    'America/Fortaleza': 'CE,Ceará,MA,Maranhão,PI,Piauí,RN,Rio Grande do Norte,PB,Paraíba',
    'America/Recife': 'PE,Pernambuco',
    'America/Maceio': 'AL,Alagoas,SE,Sergipe',
    'America/Belem': 'PA,Pará,AP,Amapá',
    'America/Araguaina': 'TO,Tocantins',
    'America/Cuiaba': 'MT,Mato Grosso',
    'America/Campo_Grande': 'MS,Mato Grosso do Sul',
    'America/Manaus': 'AM,Amazonas',
    'America/Porto_Velho': 'RO,Rondônia',
    'America/Boa_Vista': 'RR,Roraima',
    'America/Rio_Branco': 'AC,Acre',
  },
  CA: {
    'America/Toronto': 'ON,Ontario,QC,Quebec',
    'America/Vancouver': 'BC,British Columbia',
    'America/Edmonton': 'AB,Alberta,NT,Northwest Territories',
    'America/Regina': 'SK,Saskatchewan',
    'America/Winnipeg': 'MB,Manitoba',
    'America/Moncton': 'NB,New Brunswick',
    'America/Halifax': 'NS,Nova Scotia,PE,Prince Edward Island',
    'America/St_Johns': 'NL,Newfoundland and Labrador,Newfoundland',
    'America/Whitehorse': 'YT,Yukon',
    'America/Iqaluit': 'NU,Nunavut',
  },
  ES: { 'Atlantic/Canary': 'CN,Canarias,Islas Canarias,Canary Islands' },
  MX: {
    'America/Tijuana': 'BCN,BC,Baja California',
    'America/Mazatlan': 'BCS,Baja California Sur,SIN,Sinaloa,NAY,Nayarit',
    'America/Hermosillo': 'SON,Sonora',
    'America/Chihuahua': 'CHH,Chihuahua',
    'America/Cancun': 'ROO,Quintana Roo',
  },
  PT: { 'Atlantic/Azores': '20,Azores,Açores', 'Atlantic/Madeira': '30,Madeira' },
  US: {
    'America/New_York':
      'CT,Connecticut,DC,District of Columbia,DE,Delaware,FL,Florida,GA,Georgia,KY,Kentucky,MA,Massachusetts,' +
      'MD,Maryland,ME,Maine,NC,North Carolina,NH,New Hampshire,NJ,New Jersey,NY,New York,OH,Ohio,' +
      'PA,Pennsylvania,RI,Rhode Island,SC,South Carolina,VA,Virginia,VT,Vermont,WV,West Virginia',
    'America/Detroit': 'MI,Michigan',
    'America/Indiana/Indianapolis': 'IN,Indiana',
    'America/Chicago':
      'AL,Alabama,AR,Arkansas,IA,Iowa,IL,Illinois,KS,Kansas,LA,Louisiana,MN,Minnesota,MO,Missouri,' +
      'MS,Mississippi,ND,North Dakota,NE,Nebraska,OK,Oklahoma,SD,South Dakota,TN,Tennessee,TX,Texas,WI,Wisconsin',
    'America/Denver': 'CO,Colorado,MT,Montana,NM,New Mexico,UT,Utah,WY,Wyoming',
    'America/Boise': 'ID,Idaho',
    'America/Phoenix': 'AZ,Arizona',
    'America/Los_Angeles': 'CA,California,NV,Nevada,OR,Oregon,WA,Washington',
    'America/Anchorage': 'AK,Alaska',
    'Pacific/Honolulu': 'HI,Hawaii',
  },
};

/** Country → zone → cities on the other side of their state's line: each state's names, colon, its cities. */
const SPLIT_STATES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  US: {
    'America/Chicago': [
      'FL,Florida:Pensacola,Panama City,Fort Walton Beach,Destin',
      'KY,Kentucky:Bowling Green,Owensboro,Paducah',
      'IN,Indiana:Gary,Hammond,Evansville',
    ],
    'America/New_York': ['TN,Tennessee:Knoxville,Chattanooga,Johnson City,Kingsport'],
    'America/Denver': ['TX,Texas:El Paso', 'SD,South Dakota:Rapid City'],
    'America/Los_Angeles': ["ID,Idaho:Coeur d'Alene,Lewiston"],
  },
  CA: { 'America/Winnipeg': ['ON,Ontario:Kenora'], 'America/Edmonton': ['SK,Saskatchewan:Lloydminster'] },
  MX: { 'America/Ciudad_Juarez': ['CHH,Chihuahua:Ciudad Juárez,Juárez'] },
};

/** Country → zone → cities. Single-zone countries stand here for contacts whose country nobody wrote down. */
const CITIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AE: { 'Asia/Dubai': 'Dubai,Abu Dhabi,Sharjah' },
  AR: { 'America/Argentina/Buenos_Aires': 'Buenos Aires,Rosario' },
  AT: { 'Europe/Vienna': 'Vienna,Wien,Graz,Linz,Salzburg' },
  AU: {
    'Australia/Sydney': 'Sydney,Canberra,Wollongong',
    'Australia/Melbourne': 'Melbourne,Geelong',
    'Australia/Brisbane': 'Brisbane,Gold Coast,Cairns,Townsville',
    'Australia/Adelaide': 'Adelaide',
    'Australia/Perth': 'Perth,Fremantle',
    'Australia/Hobart': 'Hobart',
    'Australia/Darwin': 'Darwin',
  },
  BD: { 'Asia/Dhaka': 'Dhaka,Chittagong,Chattogram' },
  BE: { 'Europe/Brussels': 'Brussels,Bruxelles,Antwerp,Antwerpen,Ghent,Gent,Liège' },
  BG: { 'Europe/Sofia': 'Sofia,Plovdiv,Varna' },
  BO: { 'America/La_Paz': 'La Paz,Santa Cruz de la Sierra' },
  BR: {
    'America/Sao_Paulo':
      'São Paulo,Rio de Janeiro,Belo Horizonte,Curitiba,Porto Alegre,Campinas,Brasília,Florianópolis,Joinville,' +
      'Goiânia,Vitória,Santos',
    'America/Bahia': 'Salvador',
    'America/Fortaleza': 'Fortaleza',
    'America/Recife': 'Recife',
    'America/Belem': 'Belém',
    'America/Manaus': 'Manaus',
    'America/Cuiaba': 'Cuiabá',
    'America/Campo_Grande': 'Campo Grande',
  },
  CA: {
    'America/Toronto':
      'Toronto,Montreal,Ottawa,Mississauga,Quebec City,Québec,Markham,Brampton,Laval,Thunder Bay',
    'America/Vancouver': 'Vancouver,Burnaby,Surrey,Richmond,Kelowna',
    'America/Edmonton': 'Calgary,Edmonton,Red Deer',
    'America/Regina': 'Regina,Saskatoon',
    'America/Winnipeg': 'Winnipeg',
    'America/Halifax': 'Halifax,Charlottetown',
    'America/Moncton': 'Moncton,Fredericton,Saint John',
    'America/St_Johns': "St. John's",
  },
  CD: { 'Africa/Kinshasa': 'Kinshasa', 'Africa/Lubumbashi': 'Lubumbashi,Kolwezi,Likasi,Goma,Bukavu' },
  CH: { 'Europe/Zurich': 'Zurich,Zürich,Geneva,Genève,Basel,Bern,Lausanne' },
  CL: { 'America/Santiago': 'Santiago,Santiago de Chile', 'America/Punta_Arenas': 'Punta Arenas' },
  CN: {
    'Asia/Shanghai':
      'Shanghai,上海,Beijing,北京,Shenzhen,深圳,Guangzhou,广州,Ningbo,宁波,Hangzhou,杭州,Yiwu,义乌,Qingdao,青岛',
  },
  CO: { 'America/Bogota': 'Bogotá,Medellín,Cali,Barranquilla' },
  CR: { 'America/Costa_Rica': 'San José' },
  CZ: { 'Europe/Prague': 'Prague,Praha,Brno,Ostrava' },
  DE: {
    'Europe/Berlin':
      'Berlin,Hamburg,Munich,München,Cologne,Köln,Frankfurt,Frankfurt am Main,Stuttgart,Düsseldorf,Leipzig,' +
      'Nuremberg,Nürnberg,Hannover,Bremen,Dortmund,Essen',
  },
  DK: { 'Europe/Copenhagen': 'Copenhagen,København,Aarhus,Odense' },
  EC: { 'America/Guayaquil': 'Quito,Guayaquil,Cuenca' },
  EG: { 'Africa/Cairo': 'Cairo,Alexandria,Giza' },
  ES: {
    'Europe/Madrid': 'Madrid,Barcelona,Sevilla,Seville,Zaragoza,Bilbao,Málaga,Alicante,Vigo,Palma',
    'Atlantic/Canary': 'Las Palmas,Las Palmas de Gran Canaria,Santa Cruz de Tenerife,Tenerife',
  },
  FI: { 'Europe/Helsinki': 'Helsinki,Espoo,Tampere,Turku' },
  FR: { 'Europe/Paris': 'Paris,Lyon,Marseille,Lille,Toulouse,Bordeaux,Nantes,Strasbourg,Nice' },
  GB: {
    'Europe/London': 'London,Manchester,Leeds,Glasgow,Edinburgh,Bristol,Liverpool,Sheffield,Cardiff,Belfast',
  },
  GR: { 'Europe/Athens': 'Athens,Thessaloniki,Piraeus' },
  HK: { 'Asia/Hong_Kong': 'Hong Kong,Kowloon,香港' },
  HU: { 'Europe/Budapest': 'Budapest,Debrecen' },
  ID: {
    'Asia/Jakarta': 'Jakarta,Surabaya,Bandung,Medan,Semarang,Tangerang,Bekasi,Batam,Yogyakarta,Palembang',
    'Asia/Makassar': 'Makassar,Denpasar,Bali,Balikpapan,Samarinda,Manado',
    'Asia/Jayapura': 'Jayapura,Ambon',
  },
  IE: { 'Europe/Dublin': 'Dublin,Cork,Galway' },
  IL: { 'Asia/Jerusalem': 'Tel Aviv,Jerusalem,Haifa' },
  IN: {
    'Asia/Kolkata': 'Mumbai,Delhi,New Delhi,Bangalore,Bengaluru,Chennai,Hyderabad,Pune,Kolkata,Ahmedabad',
  },
  IT: {
    'Europe/Rome': 'Milan,Milano,Rome,Roma,Turin,Torino,Naples,Napoli,Bologna,Florence,Firenze,Verona,Genova',
  },
  JP: { 'Asia/Tokyo': 'Tokyo,東京,Osaka,大阪,Nagoya,Yokohama,Kobe,Kyoto,Fukuoka' },
  KE: { 'Africa/Nairobi': 'Nairobi,Mombasa' },
  KR: { 'Asia/Seoul': 'Seoul,Busan,Incheon,서울,부산' },
  KZ: { 'Asia/Almaty': 'Almaty,Astana,Shymkent' },
  MA: { 'Africa/Casablanca': 'Casablanca,Rabat,Tangier,Tanger,Marrakech' },
  MN: { 'Asia/Ulaanbaatar': 'Ulaanbaatar' },
  MX: {
    'America/Mexico_City':
      'Mexico City,Ciudad de México,CDMX,Guadalajara,Puebla,Querétaro,León,Toluca,Mérida',
    'America/Monterrey': 'Monterrey,Saltillo',
    'America/Tijuana': 'Tijuana,Mexicali,Ensenada',
    'America/Hermosillo': 'Hermosillo,Nogales',
    'America/Mazatlan': 'Culiacán,Mazatlán,La Paz',
    'America/Chihuahua': 'Chihuahua',
    'America/Ciudad_Juarez': 'Ciudad Juárez',
    'America/Cancun': 'Cancún,Playa del Carmen',
  },
  MY: { 'Asia/Kuala_Lumpur': 'Kuala Lumpur,Penang,Johor Bahru,Shah Alam' },
  NG: { 'Africa/Lagos': 'Lagos,Abuja,Kano' },
  NL: { 'Europe/Amsterdam': 'Amsterdam,Rotterdam,The Hague,Den Haag,Utrecht,Eindhoven' },
  NO: { 'Europe/Oslo': 'Oslo,Bergen,Stavanger,Trondheim' },
  NZ: { 'Pacific/Auckland': 'Auckland,Wellington,Christchurch' },
  PE: { 'America/Lima': 'Lima,Arequipa' },
  PG: { 'Pacific/Port_Moresby': 'Port Moresby,Lae' },
  PH: { 'Asia/Manila': 'Manila,Makati,Quezon City,Cebu' },
  PK: { 'Asia/Karachi': 'Karachi,Lahore,Islamabad,Faisalabad,Sialkot' },
  PL: { 'Europe/Warsaw': 'Warsaw,Warszawa,Kraków,Wrocław,Poznań,Gdańsk,Łódź,Katowice' },
  PT: {
    'Europe/Lisbon': 'Lisbon,Lisboa,Porto,Braga,Aveiro,Coimbra',
    'Atlantic/Azores': 'Ponta Delgada',
    'Atlantic/Madeira': 'Funchal',
  },
  RO: { 'Europe/Bucharest': 'Bucharest,București,Cluj-Napoca,Timișoara' },
  RU: {
    'Europe/Moscow':
      'Moscow,Москва,Saint Petersburg,St. Petersburg,Санкт-Петербург,Kazan,Nizhny Novgorod,Krasnodar',
    'Europe/Kaliningrad': 'Kaliningrad',
    'Europe/Samara': 'Samara,Izhevsk',
    'Asia/Yekaterinburg': 'Yekaterinburg,Екатеринбург,Chelyabinsk,Perm,Ufa,Tyumen',
    'Asia/Omsk': 'Omsk',
    'Asia/Novosibirsk': 'Novosibirsk,Новосибирск',
    'Asia/Krasnoyarsk': 'Krasnoyarsk',
    'Asia/Irkutsk': 'Irkutsk',
    'Asia/Vladivostok': 'Vladivostok,Владивосток,Khabarovsk',
  },
  SA: { 'Asia/Riyadh': 'Riyadh,Jeddah,Dammam,Khobar' },
  SE: { 'Europe/Stockholm': 'Stockholm,Gothenburg,Göteborg,Malmö' },
  SG: { 'Asia/Singapore': 'Singapore' },
  TH: { 'Asia/Bangkok': 'Bangkok,Chiang Mai' },
  TR: { 'Europe/Istanbul': 'Istanbul,İstanbul,Ankara,Izmir,İzmir,Bursa' },
  TW: { 'Asia/Taipei': 'Taipei,台北,Taichung,Kaohsiung,Hsinchu' },
  UA: { 'Europe/Kyiv': 'Kyiv,Kiev,Lviv,Odesa,Kharkiv' },
  US: {
    'America/New_York':
      'New York,New York City,NYC,Brooklyn,Boston,Philadelphia,Washington,Washington DC,Atlanta,Miami,Orlando,' +
      'Tampa,Jacksonville,Charlotte,Raleigh,Pittsburgh,Baltimore,Cleveland,Cincinnati,Buffalo,Newark,Richmond',
    'America/Detroit': 'Detroit,Grand Rapids',
    'America/Indiana/Indianapolis': 'Indianapolis',
    'America/Chicago':
      'Chicago,Houston,Dallas,Austin,San Antonio,Fort Worth,Minneapolis,Milwaukee,Nashville,Memphis,New Orleans,' +
      'Oklahoma City,Tulsa,Omaha,Kansas City,St. Louis,Saint Louis,Des Moines',
    'America/Denver': 'Denver,Salt Lake City,Albuquerque,El Paso,Boulder,Colorado Springs',
    'America/Phoenix': 'Phoenix,Tucson,Scottsdale,Mesa',
    'America/Los_Angeles':
      'Los Angeles,San Francisco,San Diego,San Jose,Sacramento,Oakland,Irvine,Seattle,Portland,Las Vegas,Reno,' +
      'Long Beach,Palo Alto,Fremont',
    'America/Anchorage': 'Anchorage',
    'Pacific/Honolulu': 'Honolulu',
  },
  VN: { 'Asia/Ho_Chi_Minh': 'Ho Chi Minh City,Saigon,Hanoi,Ha Noi,Hai Phong,Da Nang' },
  ZA: { 'Africa/Johannesburg': 'Johannesburg,Cape Town,Durban,Pretoria' },
};

type Places = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Country → name → zone. */
type Index = ReadonlyMap<string, ReadonlyMap<string, string>>;

const indexOf = (places: Places): Index =>
  new Map(Object.entries(places).map(([country, zones]) => [country, new Map(entriesOf(zones))]));

const entriesOf = (zones: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(zones).flatMap(([zone, names]) =>
    names.split(',').map((name): [string, string] => [nameKey(name), zone]),
  );

/** `FL,Florida:Destin` → `fl destin`, `florida destin`. */
function acrossEntries(zones: Readonly<Record<string, readonly string[]>>): [string, string][] {
  return Object.entries(zones).flatMap(([zone, lines]) =>
    lines.flatMap((line) => {
      const [names = '', towns = ''] = line.split(':');
      return names
        .split(',')
        .flatMap((state) =>
          towns.split(',').map((town): [string, string] => [nameKey(`${state} ${town}`), zone]),
        );
    }),
  );
}

const states = indexOf(STATES);
const splitStates: Index = new Map(
  Object.entries(SPLIT_STATES).map(([country, zones]) => [country, new Map(acrossEntries(zones))]),
);
const cities = merged([CITIES, ...CITY_NAMES].map(indexOf));

/** A city of several tables stands once, whatever script it is written in. */
function merged(indexes: readonly Index[]): Index {
  const all = new Map<string, Map<string, string>>();
  for (const [country, names] of indexes.flatMap((index) => [...index]))
    all.set(country, new Map([...(all.get(country) ?? []), ...names]));
  return all;
}

/**
 * The zone of a state and city; `undefined` where they say nothing. A state outranks a city of the same name
 * elsewhere (Portland, ME), except for cities known to keep another clock than their state. A city without a
 * country counts only if no other country of the table has one of that name.
 */
export function zoneOfPlace(place: {
  country: string | undefined;
  region: string | undefined;
  city: string | undefined;
}): string | undefined {
  const { country } = place;
  const city = place.city === undefined ? undefined : nameKey(place.city);
  if (country === undefined) return city === undefined ? undefined : zoneOfLoneCity(city);
  const inCity = city === undefined ? undefined : cities.get(country)?.get(city);
  if (place.region === undefined) return inCity;
  const state = stateKey(country, place.region);
  const across = city === undefined ? undefined : splitStates.get(country)?.get(`${state} ${city}`);
  return across ?? states.get(country)?.get(state) ?? inCity;
}

/** `TX`, `US-TX` and `Texas` are all known, the second without its country. */
function stateKey(country: string, region: string): string {
  const key = nameKey(region);
  const prefix = `${country.toLowerCase()} `;
  const short = key.startsWith(prefix) ? key.slice(prefix.length) : key;
  return states.get(country)?.has(key) ? key : short;
}

function zoneOfLoneCity(city: string): string | undefined {
  const zones = [...cities.values()].flatMap((ofCountry) => ofCountry.get(city) ?? []);
  return zones.length === 1 ? zones[0] : undefined;
}
