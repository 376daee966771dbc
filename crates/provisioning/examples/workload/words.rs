//! The words of which the workload is made: names, places and titles as directories have them.

/// Given names, one blank between them; those that come first are frequent.
pub(super) const GIVEN: &str = "\
     James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara \
     Richard Susan Joseph Jessica Thomas Sarah Charles Karen Anna Peter Paul Laura \
     Emma Noah Liam Mia Lukas Leon Jürgen Günther Björn Sören Käthe Zoë \
     Chloë José María Jesús Sofía Andrés Inés Óscar Álvaro Núria François Hélène \
     Aurélie Benoît Gaëlle Jérôme Noémie Łukasz Małgorzata Paweł Grażyna Żaneta Tomáš Jiří \
     Radek Ondřej Zdeněk Štěpán Çağrı Gülşen Özlem Işıl Søren Bjørn Åse Øystein \
     Håkan Åsa Märta Ștefan Ionuț Răzvan Ágnes Péter László Zsófia Jānis Kęstutis \
     Živilė Đorđe Nguyễn Thảo João Conceição Mary-Ann Jean-Luc Анна Дмитрий Ольга 美咲 \
     健太 小龙 \
     ";
/// Surnames.
pub(super) const SURNAMES: &str = "\
     Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Moore \
     Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen \
     King Wright Scott Hill Green Adams Müller Schröder Jäger Weiß Groß Köhler \
     Böhm Dörr Großmann Fernández González Rodríguez Peña Muñoz Ibáñez Lefèvre Béranger Françoise \
     Côté Désiré Wałęsa Żuraw Łoś Śliwa Dvořák Novák Černý Růžička Šťastný Şahin \
     Yıldız Öztürk Çelik Sørensen Ødegård Åkesson Björklund Þórsson Popescu Ștefănescu Țiriac Nagy \
     Kovács Szűcs Őri Bērziņš Žukauskas Đukić Nguyễn Phạm Gonçalves Simões O'Brien D'Angelo \
     Saint-Exupéry Петров Соколова 佐藤 王 \
     ";
pub(super) const SURNAMES_OF_SEVERAL_WORDS: [&str; 6] =
    ["van der Berg", "de la Cruz", "von Höchstädt", "Del Río", "Mac Gabhann", "dos Santos"];
pub(super) const DEPARTMENTS: [&str; 12] = [
    "Engineering",
    "Sales",
    "Finance",
    "IT",
    "Operations",
    "Human Resources",
    "Legal",
    "Marketing",
    "Support",
    "R&D",
    "Facilities",
    "Procurement",
];
pub(super) const DIVISIONS: [&str; 5] = ["", " EMEA", " Americas", " APAC", " - Platform"];
pub(super) const TITLES: [&str; 10] = [
    "Software Engineer",
    "Account Executive",
    "Analyst",
    "Consultant",
    "Technician",
    "Product Manager",
    "Designer",
    "Controller",
    "Recruiter",
    "Counsel",
];
pub(super) const LEVELS: [&str; 6] =
    ["", "Junior ", "Senior ", "Principal ", "Head of ", "Assistant "];
/// Country, city, state, post code, beginning of the telephone number, language.
pub(super) const PLACES: [[&str; 6]; 12] = [
    ["United States", "Seattle", "WA", "98101", "+1 (206) 555-", "en-US"],
    ["Germany", "München", "BY", "80331", "+49 (89) 555-", "de-DE"],
    ["United Kingdom", "London", "", "EC1A 1BB", "+44 (20) 5550-", "en-GB"],
    ["France", "Besançon", "", "25000", "+33 (3) 555-", "fr-FR"],
    ["Spain", "Málaga", "", "29001", "+34 (95) 555-", "es-ES"],
    ["Poland", "Łódź", "", "90-001", "+48 (42) 555-", "pl-PL"],
    ["Denmark", "København", "", "1050", "+45 (33) 555-", "da-DK"],
    ["Switzerland", "Zürich", "ZH", "8001", "+41 (44) 555-", "de-CH"],
    ["Brazil", "São Paulo", "SP", "01001-000", "+55 (11) 5555-", "pt-BR"],
    ["Japan", "Osaka", "", "530-0001", "+81 (6) 5555-", "ja-JP"],
    ["Türkiye", "İzmir", "", "35000", "+90 (232) 555-", "tr-TR"],
    ["Austria", "Wien", "W", "1010", "+43 (1) 555-", "de-AT"],
];
pub(super) const ROLES: [&str; 5] = ["User", "Admin", "Auditor", "Billing", "Approver"];
pub(super) const COMPANIES: [&str; 4] =
    ["Contoso Ltd.", "Fabrikam, Inc.", "Contoso GmbH & Co. KG", "Fabrikam \"Labs\" SARL"];
/// Letters with marks, each followed by what `NormalizeDiacritics` prints for it.
pub(super) const PLAIN: &str = "\
     ÀA ÁA ÂA ÃA ÄA ÅA ÆAE ÇC ÈE ÉE ÊE ËE \
     ÌI ÍI ÎI ÏI ÑN ÒO ÓO ÔO ÕO ÖO ØOE ÙU \
     ÚU ÛU ÜU ÝY ßss àa áa âa ãa äa åa æae \
     çc èe ée êe ëe ìi íi îi ïi ñn òo óo \
     ôo õo öo øoe ùu úu ûu üu ýy ÿy ĀA āa \
     ĂA ăa ĄA ąa ĆC ćc ČC čc ĎD ďd ĒE ēe \
     ĖE ėe ĘE ęe ĚE ěe ĞG ğg ĪI īi İI ıi \
     ĽL ľl ŁL łl ŃN ńn ŇN ňn ŌO ōo ŐO őo \
     ŘR řr ŚS śs ŞS şs ŠS šs ŤT ťt ŪU ūu \
     ŮU ůu ŰU űu ŸY ŹZ źz ŻZ żz ŽZ žz ǕU \
     ǖu ǞA ǟa ǠA ǡa ǢAE ǣae ǬO ǭo ȘS șs ȚT \
     țt ȪO ȫo ȬO ȭo ȰO ȱo ȲY ȳy ḎD ḏd ḔE \
     ḕe ḖE ḗe ḠG ḡg ḸL ḹl ḺL ḻl ṈN ṉn ṐO \
     ṑo ṒO ṓo ṜR ṝr ṞR ṟr ṮT ṯt ṺU ṻu ẔZ \
     ẕz \
     ";
