"""Names for people and institutions that do not exist."""

FIRST_NAMES = (
    "Aisha Anouk Bas Bilal Bo Bram Carlijn Daan Dewi Eline Emre Esra Femke Fleur Gijs "
    "Hanna Hugo Ilse Imane Jamal Jasmijn Jelle Joris Kim Koen Lars Lieke Loek Lotte "
    "Maarten Maud Merel Mees Milou Naomi Niels Nora Olaf Omar Pien Pim Puck Rachid Renske "
    "Roos Ruben Saar Samira Sem Sofie Stijn Suze Sven Tess Thijs Tygo Veerle Wout Yara "
    "Youssef Zoë "
).split()
LAST_NAMES = (
    "Akkerman|Bakker|van Beek|de Boer|Bos|Brouwer|van Dam|Dekker|Demir|van Dijk|Dijkstra|"
    "El Amrani|van der Heide|Hendriks|Hoekstra|de Jong|Kaya|Kok|Koster|Kuipers|"
    "van Leeuwen|Mulder|de Ruiter|Postma|Prins|Schouten|Smit|Timmermans|Veenstra|"
    "Verhoeven|Visser|de Vries|van Vliet|Wolters|Yilmaz|Zijlstra"
).split("|")
INSTITUTIONS = [
    "Jeugdhulp De Oever",
    "Stichting De Vuurtoren",
    "Jeugdzorg Het Kompas",
    "De Zandloper Jeugdhulp",
    "Jeugd- en gezinszorg Lindeboom",
    "Stichting Nieuwe Haven",
    "De Waterlelie",
    "Jeugdhulp Bovenkamp",
    "Stichting De Sluis",
    "Het Zonnehuis Jeugd",
    "Jeugdzorg Veldzicht",
    "De Kastanje Jeugdhulp",
]
