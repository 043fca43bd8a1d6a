"""The customers of the fiction. Nobody here exists; every address ends in .example."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    address: str
    about: str = ""
    language: str = "it"
    firm: bool = False
    phone: str = ""

    @property
    def signs(self) -> str:
        return self.name if self.firm else self.name.split()[0] + " " + self.name.split()[-1]


def _person(name: str, about: str, *, language: str = "it", firm: bool = False) -> Person:
    local = ".".join("".join(c for c in word.lower() if c.isalnum()) for word in name.split()[:3])
    plain = local.translate(str.maketrans("àèéìòù", "aeeiou"))
    domain = "azienda.example" if firm else ("mail.example" if len(name) % 2 else "posta.example")
    return Person(name, f"{plain}@{domain}", about, language, firm)


GIULIA = Person(
    "Giulia Ferraris", "g.ferraris@posta.example", "Architetta, Torino. Fibra Casa Pro",
    phone="+39 011 555 4471",
)  # fmt: skip
BIANCHI = _person("Studio Bianchi", "Commercialisti, Moncalieri. Due linee", firm=True)
PAOLO = _person("Paolo Rinaldi", "Torino. Casa Veloce, trasloco in corso")
LUCA = _person("Luca Moretti", "Videomaker, Pinerolo. Telefono in assistenza")
ANNA = _person("Anna Colombo", "Chieri. Linea di casa dal 2009")
GOBETTI = _person("Teatro Gobetti", "Teatro, Torino. Centralino e due linee", firm=True)
SILVIA = _person("Silvia Negri", "Rivoli. Fibra Casa")
PO = _person("Condominio Via Po 12", "Amministrato dallo studio Valle", firm=True)
IVAN = _person("Ivan Basile", "Asti. Fibra Casa")
HARTLEY = _person("Emma Hartley", "Translator, Turin. Fibra Casa Pro", language="en")
LAURA = _person("Laura Benedetti", "Ivrea. Fibra Casa")

PEOPLE = [
    GIULIA, BIANCHI, PAOLO, LUCA, ANNA, GOBETTI, SILVIA, PO, IVAN, HARTLEY,
    _person("Renata Bianchi", "Moncalieri. Casa Veloce"),
    _person("Matteo Gallo", "Cuneo. Solo mobile"),
    _person("Francesca Testa", "Torino. Fibra Casa"),
    _person("Giovanni Peyron", "Pinerolo. Linea di casa"),
    _person("Officina Marchetti", "Autofficina, Settimo", firm=True),
    LAURA,
    _person("Stefano Rossetti", "Novara. Casa Veloce"),
    _person("Ristorante Al Gufo", "Ristorante, Alba", firm=True),
    _person("Cristina Barbero", "Bra. Fibra Casa"),
    _person("Andrea Fontana", "Torino. Fibra Casa Pro"),
    _person("Valentina Costa", "Vercelli. Solo mobile"),
    _person("Roberto Martini", "Biella. Linea di casa"),
    _person("Farmacia San Secondo", "Farmacia, Asti", firm=True),
    _person("Daniela Ricci", "Torino. Casa Veloce"),
    _person("Alessandro Villa", "Collegno. Fibra Casa"),
    _person("Monica Caruso", "Nichelino. Fibra Casa"),
    _person("Giorgio Valle", "Amministratore di condomini, Torino"),
    _person("Elisa Marino", "Torino. Studentessa, solo mobile"),
    _person("Fabio Pellegrini", "Casale. Fibra Casa Pro"),
    _person("Libreria Il Ponte", "Libreria, Cuneo", firm=True),
    _person("Simona Ferrero", "Mondovì. Linea di casa"),
    _person("Massimo D’Angelo", "Torino. Fibra Casa"),
    _person("Ilaria Sanna", "Alessandria. Casa Veloce"),
    _person("Pietro Bruno", "Savigliano. Linea di casa"),
    _person("Agriturismo Le Querce", "Agriturismo, Monforte", firm=True),
    _person("Federica Gatti", "Grugliasco. Fibra Casa"),
    _person("Antonio Esposito", "Torino. Solo mobile"),
    _person("Beatrice Orlando", "Torino. Fibra Casa"),
    _person("Carlo Zanetti", "Verbania. Linea di casa"),
    _person("Nicole Favre", "Aosta. Fibra Casa"),
    _person("Enrico Sartori", "Torino. Fibra Casa Pro"),
    _person("Studio Dentistico Rao", "Dentista, Chivasso", firm=True),
    _person("Teresa Longo", "Rivoli. Linea di casa dal 1998"),
    _person("Gabriele Mazza", "Torino. Casa Veloce"),
    _person("Claudia Piras", "Tortona. Fibra Casa"),
    _person("Vittorio Amato", "Torino. Pensionato, linea di casa"),
    _person("Palestra Kinesis", "Palestra, Moncalieri", firm=True),
    _person("Arianna Fiore", "Cuneo. Solo mobile"),
    _person("Samuele Leone", "Asti. Fibra Casa"),
    _person("Ludovica Neri", "Torino. Fibra Casa"),
    _person("Domenico Greco", "Carmagnola. Linea di casa"),
    _person("Scuola Materna Arcobaleno", "Scuola, Orbassano", firm=True),
    _person("Michele Grassi", "Torino. Casa Veloce"),
    _person("Irene Palmieri", "Novi Ligure. Fibra Casa"),
    _person("Ottavio Serafini", "Saluzzo. Linea di casa"),
    _person("Hannah Keller", "Turin. Fibra Casa", language="en"),
    _person("James O’Connor", "Ivrea. Solo mobile", language="en"),
    _person("Cooperativa Il Sentiero", "Cooperativa, Cuneo", firm=True),
    _person("Lorenzo Donati", "Torino. Fibra Casa"),
    _person("Marisa Gentile", "Venaria. Casa Veloce"),
]  # fmt: skip
