/** Twenty letters that a careful salesperson could have written: every one must pass the lint. */
import type { Contact } from '../../../../../shared/domain/contact.ts';
import type { ContactId } from '../../../../../shared/domain/ids.ts';
import { instant } from '../../../../../shared/domain/instant.ts';
import type { FirstPart } from '../../../../../shared/domain/letter/finding.ts';

export type HonestLetter = {
  readonly language: string;
  readonly contact: Contact;
  readonly subject: string;
  readonly parts: Readonly<Record<FirstPart, string>>;
};

const person = (
  firstName: string,
  lastName: string,
  company: string,
  country: string,
  city: string,
  domain: string,
): Contact => ({
  id: `${domain}`
    .replace(/[^a-z]/gu, '')
    .padEnd(26, 'a')
    .slice(0, 26) as ContactId,
  address: `office@${domain}`,
  firstName,
  lastName,
  company,
  companyDomain: domain,
  country,
  city,
  zone: 'Europe/London',
  zoneSource: 'country',
  phones: [],
  lawfulBasis: 'Asked for our catalogue at the fair',
  fields: {},
  createdAt: instant('2026-11-01T00:00:00Z'),
});

const letter = (
  language: string,
  contact: Contact,
  subject: string,
  who: string,
  why: string,
  how: string,
  reach: string,
): HonestLetter => ({ language, contact, subject, parts: { who, why, how, contact: reach } });

const EN_CLOSE =
  'The whole range is at https://doe.example/catalogue. I answer this address myself.\n\nKind regards,\nJane Doe';

export const HONEST_LETTERS: readonly HonestLetter[] = [
  letter(
    'en',
    person('Ana', 'Silva', 'Ferragens Silva', 'PT', 'Porto', 'silva.example'),
    'Quick-release wrenches for Ferragens Silva',
    'Dear Ms Silva,\n\nI am Jane Doe of Doe Tools in Ningbo. We make quick-release wrenches and torque tools for workshops.',
    'Your new shop near the Campanhã station repairs e-bikes while the rider waits, and your page shows three mechanics sharing two stands. A wrench that opens in one second would free the second stand.',
    'We look for one partner in Portugal. You would get a sample set of eight pieces, prices FOB Ningbo, and spare parts from our stock in Rotterdam within ten days.',
    EN_CLOSE,
  ),
  letter(
    'en-GB',
    person('Tom', 'Baker', 'Northern Rail Supplies', 'GB', 'Leeds', 'nrs.example'),
    'Torque tools for night possessions',
    'Dear Mr Baker,\n\nmy name is Jane Doe, and I look after export customers at Doe Tools. Our factory builds battery torque wrenches with an open data interface.',
    'You won the maintenance contract for the Settle line in March. In four hours of possession every fishplate bolt has to be logged, and your tender asks for a record of each one.',
    'Our 18V wrench writes torque, angle and time of each bolt to a CSV file. We would lend you two of them for one season; you tell us what is missing.',
    'Data sheets: https://doe.example/dt18. You can call me on the number below, also in the evening.\n\nYours sincerely,\nJane Doe',
  ),
  letter(
    'en-US',
    person('Maria', 'Lopez', 'Hudson Fleet Parts', 'US', 'Newark', 'hudson.example'),
    'Next-day torque tools from New Jersey',
    'Dear Ms. Lopez,\n\nI work for Doe Tools, a maker of torque wrenches. I am writing from our office in Shenzhen.',
    'Hudson Fleet promises taxi garages delivery before the next shift. Torque tools are missing from your online store, although your customers ask for them in the reviews.',
    'We keep 400 pieces in a warehouse in New Jersey. Would a consignment of one pallet, with a 30-day return, be a way to try?',
    'Our range and the test report are at https://doe.example/us. My WhatsApp and phone are below.\n\nBest regards,\nJane Doe',
  ),
  letter(
    'en',
    person('Ahmed', 'Khalil', 'Creek Marine', 'AE', 'Dubai', 'creek.example'),
    'Sealed tools for salt water',
    'Dear Mr Khalil,\n\nI am Jane Doe, export manager at Doe Tools.',
    'Salt is what kills tools on the Deira quays, and your spring catalogue lists replacements on the first page. A sealed gearbox to IP67 would be a different conversation with your customers.',
    'I suggest that we send three units for a season of use on one of your boats. If they fail, you owe us nothing; if they last, we talk about stock in Jebel Ali.',
    EN_CLOSE,
  ),
  letter(
    'en',
    person('Lars', 'Berg', 'Nordisk Sol', 'NO', 'Bergen', 'nordisk.example'),
    'Bifacial modules for snow country',
    'Dear Lars Berg,\n\nI am with Helio Modules, a solar manufacturer in Wuxi. We make bifacial glass modules of 430 to 580 W.',
    'On your project page I saw the school roof in Voss: steep, facing east and west, with snow until April. Light from the snow behind is what bifacial modules are made for.',
    'We would deliver one pallet of 36 modules DDP Bergen, with the datasheet in Norwegian and a 25-year warranty written under Norwegian law.',
    'Datasheets and the flash list: https://helio.example/bifacial. I am happy to answer questions by mail or phone.\n\nBest regards,\nJane Doe',
  ),
  letter(
    'en',
    person('Priya', 'Nair', 'Coastal Textiles', 'IN', 'Kochi', 'coastal.example'),
    'Recycled polyester yarn, 75 to 300 denier',
    'Dear Ms Nair,\n\nI am Jane Doe of Blue Yarn. We spin recycled polyester yarn in Shaoxing, certified to GRS.',
    'Your last annual report says that half of the swimwear line will be recycled by 2028. Your present supplier offers two deniers; your designers asked for finer ones at the Delhi fair, where we spoke briefly.',
    'We can send cones of five deniers for a trial on your own circular machines, and reserve 2,000 kg a month from March.',
    EN_CLOSE,
  ),
  letter(
    'en',
    person('Daniel', 'Okafor', 'Lagos Agro Machines', 'NG', 'Lagos', 'lagosagro.example'),
    'Cassava peelers that run on 4 kW',
    'Dear Mr Okafor,\n\nmy name is Jane Doe. I work for Sanhe Machinery, where we have built peelers and graters since 1998.',
    'You sell to villages with a single generator, and your video from Ogun shows two machines taking turns. Our peeler needs 4 kW at the start and 2.2 kW while it runs.',
    'We offer a first container with spare blades for two years, and a mechanic of ours would train your team in Lagos for a week.',
    'Drawings and prices are at https://sanhe.example/peelers.\n\nKind regards,\nJane Doe',
  ),
  letter(
    'en',
    person('Olga', 'Petrova', 'Baltic Lighting', 'LV', 'Riga', 'balticlight.example'),
    'Linear LED profiles cut to length',
    'Dear Ms Petrova,\n\nI am Jane Doe from Lumen Profiles. We extrude and anodise aluminium profiles for LED strips.',
    'Your showroom in Riga cuts profiles by hand, and your blog says that a customer waits nine days for an odd length. We cut to the millimetre and label each piece by room.',
    'Shall we try it with one of your projects? You send the list, we ship by air within five days, and you compare.',
    EN_CLOSE,
  ),
  letter(
    'zh',
    person('伟', '王', '深圳海川贸易', 'CN', '深圳', 'haichuan.example'),
    '适合海川门店的快拆扳手',
    '尊敬的王先生：\n\n您好！我是宁波多伊工具公司的简，我们生产快拆扳手和扭力工具。',
    '看到贵司三月份在宝安新开了维修门店，顾客可以坐等电动车修好。门店只有两个工位，一把一秒打开的扳手可以让第二个工位更快空出来。',
    '我们希望在华南找一家合作伙伴：先寄八件样品试用，备件从东莞仓库三天内发出。',
    '产品资料：https://doe.example/cn 。这个邮箱由我本人回复。\n\n此致\nJane Doe',
  ),
  letter(
    'zh-TW',
    person('美玲', '陳', '台中精機代理', 'TW', '台中', 'taichung.example'),
    '車床用油霧收集器',
    '陳小姐，您好：\n\n我是多伊機械的簡，我們製造工具機用的油霧收集器。',
    '在貴公司的展場影片裡，五軸機旁邊的地板有油漬，現場人員也提到濾芯兩週就要更換。我們的濾芯可以清洗，壽命約八個月。',
    '我們可以先借兩台給您的客戶試用一季，用完再決定。',
    '規格與價格：https://doe.example/tw 。有問題請直接來信。\n\nJane Doe 敬上',
  ),
  letter(
    'zh',
    person('丽', '张', '昆明绿能', 'CN', '昆明', 'lvneng.example'),
    '高原地区用的组串式逆变器',
    '张经理，您好：\n\n我是合肥晶源的简，负责西南地区的逆变器业务。',
    '贵司在香格里拉的两个电站海拔超过三千米，去年的招标文件要求设备在高海拔不降额运行。我们的组串式逆变器在四千米处做过满载测试。',
    '如果方便，我们提供两台样机装在现有支架上，数据由贵司自己采集。',
    '测试报告：https://jingyuan.example/report 。我的电话在下面。\n\nJane Doe',
  ),
  letter(
    'de',
    person('Jörg', 'Müller', 'Isar Maschinenbau', 'DE', 'München', 'isar.example'),
    'Drehmomentschlüssel mit Gedächtnis',
    'Sehr geehrter Herr Müller,\n\nmein Name ist Jane Doe, ich betreue bei Doe Tools die Kunden in Süddeutschland. Wir bauen Drehmomentschlüssel mit Datenspeicher.',
    'Sie montieren Ihre Getriebe in Zellen zu zweit; auf der Hausmesse sagte Ihr Fertigungsleiter, dass der zweite Mann vor allem die Werte mitschreibt. Unser Schlüssel schreibt sie selbst.',
    'Wir stellen Ihnen zwei Geräte für acht Wochen an eine Zelle. Danach entscheiden Ihre Leute, ob sie bleiben.',
    'Alle Daten stehen unter https://doe.example/de. Sie erreichen mich auch telefonisch.\n\nMit freundlichen Grüßen\nJane Doe',
  ),
  letter(
    'de',
    person('Sabine', 'Huber', 'Alpenlicht', 'AT', 'Graz', 'alpenlicht.example'),
    'Glas-Glas-Module für Berghütten',
    'Guten Tag Frau Huber,\n\nich bin Jane Doe von Helio Modules. Wir fertigen Glas-Glas-Module in kleinen Formaten.',
    'Auf Ihrer Seite steht die Hütte am Dachstein, deren Dach nur schmale Felder hat und im Winter zwei Meter Schnee trägt. Dafür sind unsere Module mit 5.400 Pa geprüft.',
    'Ich schlage vor, dass wir die nächste Hütte gemeinsam planen: Sie nennen die Maße, wir liefern innerhalb von vier Wochen frei Graz.',
    'Die Prüfberichte: https://helio.example/pruefung. Ihre Fragen beantworte ich gern selbst.\n\nFreundliche Grüße\nJane Doe',
  ),
  letter(
    'de-CH',
    person('Urs', 'Keller', 'Keller Velotechnik', 'CH', 'Bern', 'keller.example'),
    'Montageständer für schwere E-Bikes',
    'Guten Tag Herr Keller,\n\nich schreibe Ihnen für Doe Tools, einen Hersteller von Werkstattgeräten.',
    'Sie haben im Frühling Lastenräder ins Programm genommen. Ihr Ständer ist laut Foto für 30 kg gebaut, ein beladenes Rad wiegt 45 kg.',
    'Unser Ständer trägt 60 kg und klappt zusammen. Gern schicken wir einen auf Probe; die Rücksendung zahlen wir.',
    'Masse und Preise: https://doe.example/ch.\n\nFreundliche Grüsse\nJane Doe',
  ),
  letter(
    'es',
    person('Lucía', 'Ortega', 'Minas del Norte', 'MX', 'Fresnillo', 'minas.example'),
    'Herramientas sin manguera para la altura',
    'Estimada Lucía Ortega:\n\nSoy Jane Doe, de Doe Tools. Fabricamos llaves de impacto a batería para minas y talleres.',
    'A la altura de Fresnillo los compresores pierden una cuarta parte del aire, y su equipo de mantenimiento trabaja lejos de la toma. Una herramienta sin manguera no depende de eso.',
    'Podemos enviar dos unidades con cuatro baterías para una prueba de tres meses en su taller. Ustedes anotan las horas y nosotros pagamos el envío.',
    'Las fichas están en https://doe.example/mx. Respondo yo misma a este correo.\n\nSaludos cordiales,\nJane Doe',
  ),
  letter(
    'es',
    person('Carlos', 'Ruiz', 'Cerámicas Ruiz', 'ES', 'Castellón', 'ruiz.example'),
    'Esmaltes mate para gran formato',
    'Estimado señor Ruiz:\n\nMe llamo Jane Doe y trabajo para una fábrica de esmaltes cerámicos de Foshan.',
    'En su última colección vimos piezas de gran formato con acabado mate, y en la feria su director comentó que la superficie se marca con los dedos. Hemos desarrollado un esmalte que no guarda la huella.',
    'Le propongo una prueba en su horno con veinte kilos, sin coste, y la visita de nuestro técnico durante dos días.',
    'Más información: https://doe.example/esmaltes. Puede llamarme cuando quiera.\n\nUn cordial saludo,\nJane Doe',
  ),
  letter(
    'fr',
    person('Claire', 'Moreau', 'Les Ateliers du Rhône', 'FR', 'Lyon', 'ateliers.example'),
    'Douilles pour la révision des cabines',
    'Bonjour Madame Moreau,\n\nje suis Jane Doe, de Doe Tools. Nous fabriquons des douilles et des clés dynamométriques.',
    'Vous révisez des cabines de téléphérique entre deux saisons, et vos apprentis disaient au salon de Lyon qu’ils changent de douille plus souvent que de gants. Notre porte-douilles se change d’une main.',
    'Nous vous prêtons trois jeux pour la révision d’automne. Vos équipes les gardent si elles en sont contentes.',
    'Le catalogue : https://doe.example/fr. Je réponds moi-même à cette adresse.\n\nBien cordialement,\nJane Doe',
  ),
  letter(
    'fr',
    person('Marc', 'Tremblay', 'Énergie Boréale', 'CA', 'Québec', 'boreale.example'),
    'Onduleurs testés à −40 °C',
    'Bonjour Monsieur Tremblay,\n\nje m’appelle Jane Doe et je représente Helio au Québec.',
    'Vos installations du Nunavik démarrent par moins quarante degrés ; votre rapport de chantier parle de deux onduleurs qui ne repartaient pas au matin. Les nôtres ont été testés à froid pendant 1 000 heures.',
    'Nous proposons un essai d’un hiver sur un de vos sites, avec un technicien joignable en français.',
    'Le rapport d’essai : https://helio.example/froid.\n\nCordialement,\nJane Doe',
  ),
  letter(
    'pt',
    person('João', 'Pereira', 'Montalto Pneus', 'BR', 'Campinas', 'montalto.example'),
    'Chave de roda a bateria para a Anhanguera',
    'Prezado João Pereira,\n\nsou Jane Doe, da Doe Tools. Fabricamos chaves de impacto para oficinas de caminhões.',
    'A Montalto atende as borracharias ao longo da Anhanguera, onde um caminhão parado não rende nada a ninguém. A troca de dez parafusos com a nossa chave leva quatro minutos.',
    'Gostaríamos de enviar duas chaves para teste numa das suas lojas, com assistência em Campinas.',
    'O catálogo está em https://doe.example/br. Eu mesma respondo a este endereço.\n\nAtenciosamente,\nJane Doe',
  ),
  letter(
    'it',
    person('Giulia', 'Rossi', 'Officine Rossi', 'IT', 'Brescia', 'rossi.example'),
    'Utensili leggeri per il montaggio',
    'Gentile Giulia Rossi,\n\nsono Jane Doe di Doe Tools. Produciamo avvitatori leggeri per il montaggio di precisione.',
    'Nel vostro reparto di Brescia le operatrici lavorano sopra la testa per metà del turno, come si vede nel video sulla vostra pagina. Il nostro avvitatore pesa 390 grammi.',
    'Le proponiamo una prova di due mesi con quattro avvitatori, e una visita del nostro tecnico a inizio prova.',
    'Le schede tecniche sono su https://doe.example/it. Rispondo personalmente.\n\nCordiali saluti,\nJane Doe',
  ),
];

export const HONEST_FOLLOW_UPS: readonly { readonly language: string; readonly body: string }[] = [
  {
    language: 'en',
    body: 'Dear Ms Silva,\n\nlast week I wrote to you about our wrenches. May I send you a sample set, free of charge, so that your own people can say what they think of it?\n\nKind regards,\nJane Doe',
  },
  {
    language: 'en',
    body: 'Dear Ms Silva,\n\nI know how busy the season is. If a short call suits you better, would Tuesday at 11 a.m. your time be good?\n\nKind regards,\nJane Doe',
  },
  {
    language: 'de',
    body: 'Guten Tag Frau Silva,\n\nvor einer Woche hatte ich Ihnen geschrieben. Darf ich Ihnen ein Muster schicken?\n\nFreundliche Grüße\nJane Doe',
  },
  {
    language: 'zh',
    body: '您好：\n\n上周给您写过一封信，不知是否方便看一下？如果微信更方便，我们也可以在那里聊。\n\nJane Doe',
  },
];
