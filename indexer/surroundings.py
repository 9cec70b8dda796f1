"""What stands directly before or after a name, and tells what the name means.

Patterns named `…_AFTER` are matched at the end of a name, those named `…_BEFORE` searched in the
text up to it; en, fr, es, pt, ru, ar and zh as far as they tell.
"""

import re

DATE_AFTER = re.compile(
    r"\s?[,،:(-]?\s?(?:le |el |the |em |\[)?\d{1,2}(?:er|º|st|nd|rd|th)?[ .–-]\D"
    r"|،?\s(?:للفترة )?(?:من|بتاريخ) \d"
)
DATE_BEFORE = re.compile(r"(?:19|20)\d\d[,،]?\s$")
INSTRUMENT_AFTER = re.compile(
    r"\W{1,3}(?:\w+ )?(?:Accords?|Action (?:Agenda|Plan)|Agenda|Agreement|Call|Charter|"
    r"Commitments?|Compact|Consensus|Convention|Conventions|Declaration|Framework|Guidelines|"
    r"Outcome|Pathway|Plan of Action|Platform|Political Declaration|Principles|Process|"
    r"Programme of Action|Protocol|Statement|Statute|Treaty|[Cc]onventions)\b"
    r"|\W{0,2}(?:协定|议定书|宣言|框架|行动纲|公约|共识|協定|議定書|行动议程)"
)
INSTRUMENT_BEFORE = re.compile(
    r"(?:[Aa]cc?ords?|[Aa]cuerdos?|[Aa]cordos?|[Aa]genda|[Cc]adre|[Cc]arta|[Cc]harte|[Cc]onsenso|"
    r"[Cc]onsensus|[Cc]onven[a-zçãó]+|[Dd]eclara[a-zçãó]+|[Dd]éclaration|[Mm]arco|[Pp]lata?e?forma?e?|"
    r"[Pp]rincip[a-z]+|[Pp]roceso|[Pp]rocessus|[Pp]rotoco[a-z]+|[Tt]rait[a-zé]+|[Tt]ratado|"
    r"[Pp](?:rograma?|rogramme|lan) d[e'’] ?[Aa]c[a-zçãó]+) (?:de |d['’]|du |do |da |of )(?:la )?$"
    r"|(?:اتفاقي?ة?|اتفاق|بروتوكول|إعلان|إطار|منهاج عمل|برنامج عمل|خطة عمل) $"
)
TITLE_BEFORE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Sr|Sra|Dra|Mme|Mlle|Monsieur|Madame|Señora?|Doña?|"
    r"Cardinal|Senator|Judge|Saint|San|Santa|St)\.? (?:[A-Z][\w.’'-]* )?$"
)
AUTHOR_AFTER = re.compile(r", (?!D\. ?C)[A-Z]\.(?: ?[A-Z]\.)* ?[,;(&]| et al\b|, (?!D\.)[A-Z]\. \(")
WATER_AFTER = re.compile(
    r" (?:River|Basin|Delta|Valley|Lake|Bay|Sea|Strait|Canal|Peninsula|Desert|Islands?)\b"
)
AREA_AFTER = re.compile(
    r"[ -](?:Province|State|County|Region|Governorate|District|Department|Prefecture|province|"
    r"region|county|governorate|department|prefecture)\b|[省州县區区]"
)
AREA_BEFORE = re.compile(
    r"\b(?:[Pp]rovinces?|[Rr]egions?|[Ss]tates?|[Cc]ount(?:y|ies)|[Gg]overnorates?|[Rr]égions?|"
    r"[Pp]rovincias?|[Rr]egión|[Rr]egiones|[Ee]stados?|[Dd]épartements?|[Dd]epartamentos?|"
    r"[Pp]rovíncias?|[Gg]ouvernorats?) (?:of|de|d[’']|du|do|da) ?$"
    r"|(?:محافظة|ولاية|إقليم) $|(?:[Рр]ека|[Рр]еки|провинци[ияю]) $"
)
PARTICLE_AFTER = re.compile(r" (?:de|da|do|dos|van|von|bin|al|el) [A-ZÀ-Þ]")
YEAR_AFTER = re.compile(r",? \(?(?:19|20)\d\d[a-z]?[);:,]")
CITY_BEFORE = re.compile(
    r"(?:[Cc]ity|[Tt]own|[Cc]ities|[Mm]unicipality|[Mm]ayors?|[Mm]etropolis|[Vv]illes?|"
    r"[Mm]unicipalités?|[Cc]ommunes?|[Mm]aires?|[Cc]iudad(?:es)?|[Mm]unicipios?|[Aa]lcald\w+|"
    r"[Cc]idades?|[Pp]refeitura)(?: Council)? (?:of|de|d['’]|do|da|:) ?$"
    r"|(?:CITY|TOWN|MUNICIPALITY) OF $|University of $"
    r"|\b(?:г\.|город[а-я]*|городом|столиц[а-я]+) ?$|(?:مدينة|بلدية|العاصمة) $"
)
CITY_AFTER = re.compile(
    r"'?s? (?:City|Municipality|city|Metropolitan|municipality)\b|市|(?:, | \()(?:the )?capital"
)
PLACED_BEFORE = re.compile(
    r"\b(?:in|In|at|At|near|from|From|to|outside|around|à|À|dans|près de|en|En|em|Em|в|В|во|из|"
    r"к|في|من|إلى|بين) $|[在于至]$"
)
COUNTRY_NEXT = re.compile(
    r",\s?(?:the )?| \(|（|، | (?:in|en|au|aux|em|no|na|в|في) (?:the )?| of (?:the )?"
)
STATE_AFTER = re.compile(r", ?([A-Z]{2})\b")
CAPITAL_AFTER = re.compile(r"[ -](?!(?:I|II|III|IV|V)\b)[A-ZÀ-Þ][\w’']+")
CAPITAL_BEFORE = re.compile(r"(?:^|[^\w.])([A-ZÀ-Þ][\w’']*)[ -]$")
