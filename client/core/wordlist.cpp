#include "client/core/wordlist.h"

#include <algorithm>
#include <array>

namespace encuentro::client::core {
namespace {

// Everyday Spanish words without accents, sorted, no two with the same first four letters.
constexpr std::array<std::string_view, wordlist_size> words = {
    "abismo",   "abono",    "abrazo",   "abuelo",   "aceite",   "acero",    "actor",    "acuerdo",  "adorno",
    "aduana",   "aerea",    "afinar",   "agenda",   "agosto",   "agua",     "aguja",    "ahorro",   "aire",
    "ajedrez",  "alamo",    "alarma",   "album",    "alcalde",  "aldea",    "alegre",   "alerta",   "alfiler",
    "algodon",  "aliado",   "alivio",   "alma",     "almendra", "altura",   "alumno",   "amable",   "amanecer",
    "amigo",    "amplio",   "ancla",    "andar",    "anden",    "angulo",   "animal",   "antena",   "antiguo",
    "anuncio",  "apoyo",    "aprender", "apto",     "arado",    "archivo",  "arcilla",  "arena",    "argolla",
    "aroma",    "arpa",     "arte",     "asiento",  "asomar",   "astro",    "atajo",    "atlas",    "atleta",
    "audio",    "aula",     "autor",    "avion",    "aviso",    "ayer",     "ayuda",    "azucar",   "azul",
    "bahia",    "baile",    "bajada",   "balanza",  "balcon",   "balde",    "ballena",  "balsa",    "bambu",
    "banco",    "bandera",  "barco",    "base",     "baul",     "bebida",   "belleza",  "beso",     "billete",
    "blanco",   "bloque",   "blusa",    "bocina",   "bodega",   "bola",     "bolsa",    "bombero",  "bondad",
    "bonito",   "bosque",   "bota",     "brazo",    "breve",    "brillo",   "brindis",  "broma",    "bronce",
    "brote",    "bufanda",  "buho",     "buscar",   "buzon",    "caballo",  "cabeza",   "cabina",   "cable",
    "cacao",    "cadena",   "caja",     "calcio",   "caldo",    "calma",    "calor",    "camello",  "camino",
    "campo",    "canal",    "cancion",  "canoa",    "capa",     "capital",  "caracol",  "carbon",   "carne",
    "carpeta",  "carro",    "carta",    "casa",     "castillo", "catedral", "causa",    "cebolla",  "cedro",
    "ceja",     "celeste",  "centro",   "cepillo",  "cera",     "cerca",    "cereal",   "certeza",  "cesped",
    "cesta",    "chaleco",  "chico",    "chispa",   "cielo",    "ciencia",  "cierre",   "cifra",    "cigarra",
    "cima",     "cinta",    "cipres",   "circulo",  "ciruela",  "cisne",    "cita",     "clavel",   "clima",
    "clinica",  "cobre",    "cofre",    "cohete",   "cola",     "colina",   "color",    "columna",  "comida",
    "compas",   "comun",    "concha",   "conejo",   "congreso", "consejo",  "contar",   "copa",     "coral",
    "corcho",   "cordero",  "corona",   "corral",   "cortina",  "crema",    "crianza",  "criollo",  "cristal",
    "cruce",    "cubo",     "cuchara",  "cuenta",   "cuerda",   "cueva",    "cuidado",  "cumbre",   "curva",
    "dado",     "danza",    "dato",     "decena",   "decir",    "dedal",    "dedo",     "defensa",  "dehesa",
    "dejar",    "delfin",   "delta",    "demora",   "denso",    "dental",   "deporte",  "desayuno", "descanso",
    "desde",    "desfile",  "destino",  "detalle",  "devolver", "diadema",  "diamante", "dibujo",   "dicho",
    "dieta",    "diez",     "digno",    "diploma",  "directo",  "disco",    "diseno",   "disfraz",  "distinto",
    "doble",    "dolor",    "dorado",   "dormir",   "dosis",    "dragon",   "ducha",    "dulce",    "duna",
    "durazno",  "duro",     "ebano",    "eclipse",  "economia", "edad",     "edicion",  "edificio", "eficaz",
    "ejemplo",  "elefante", "elegir",   "elevar",   "embalse",  "emblema",  "emitir",   "empate",   "empresa",
    "encaje",   "encina",   "enero",    "enfoque",  "enigma",   "enlace",   "enorme",   "entero",   "envio",
    "epoca",    "equipo",   "erizo",    "escalera", "escena",   "escoba",   "escuela",  "esencia",  "esfuerzo",
    "espejo",   "esposo",   "espuma",   "esquina",  "estable",  "estepa",   "estilo",   "estrella", "estudio",
    "etapa",    "eterno",   "etica",    "etiqueta", "examen",   "excusa",   "exito",    "exotico",  "exponer",
    "fabrica",  "facil",    "faja",     "falda",    "familia",  "famoso",   "faro",     "fase",     "favor",
    "fecha",    "feliz",    "fertil",   "fibra",    "ficha",    "fideo",    "fiesta",   "fijar",    "fila",
    "filtro",   "finca",    "firma",    "fisico",   "flauta",   "flecha",   "flor",     "flota",    "foca",
    "fogata",   "folleto",  "forma",    "foro",     "forro",    "fosil",    "foto",     "fragua",   "frase",
    "frente",   "fresa",    "frijol",   "frio",     "fruta",    "fuego",    "fuerza",   "funcion",  "furgon",
    "fusion",   "futuro",   "gacela",   "gafas",    "galeria",  "ganado",   "garbanzo", "garganta", "garza",
    "gasto",    "gaviota",  "gemelo",   "general",  "genio",    "gente",    "gesto",    "gigante",  "gimnasio",
    "girasol",  "giro",     "globo",    "gloria",   "gobierno", "goma",     "gorra",    "gotera",   "gozo",
    "grabado",  "gracia",   "grado",    "grafico",  "gramo",    "granja",   "gratis",   "grieta",   "gris",
    "grito",    "grueso",   "grulla",   "grupo",    "gruta",    "guia",     "guion",    "gusano",   "haba",
    "habil",    "hacer",    "hacha",    "hada",     "harina",   "haya",     "hebilla",  "hecho",    "helado",
    "helecho",  "helice",   "heno",     "herencia", "heroe",    "hielo",    "hierba",   "higo",     "hijo",
    "hilera",   "hilo",     "hogar",    "hoguera",  "hoja",     "hombre",   "honesto",  "honor",    "hormiga",
    "hospital", "hotel",    "hueco",    "huella",   "hueso",    "huevo",    "humano",   "humedo",   "humilde",
    "humo",     "icono",    "idea",     "idioma",   "igual",    "ilusion",  "impulso",  "infancia", "ingenio",
    "inicio",   "insecto",  "instante", "intento",  "invierno", "islote",   "item",     "jabon",    "jade",
    "jaguar",   "jalea",    "jamon",    "jarra",    "jaula",    "jazmin",   "jefe",     "jengibre", "jerez",
    "jinete",   "jirafa",   "jornada",  "joven",    "joya",     "jubilo",   "judia",    "juego",    "jueves",
    "jugo",     "juguete",  "junco",    "junio",    "jurado",   "justo",    "juvenil",  "kiosco",   "koala",
    "labio",    "labor",    "ladera",   "ladrillo", "lago",     "laguna",   "lamina",   "lampara",  "lana",
    "lancha",   "langosta", "lanza",    "lapiz",    "largo",    "lata",     "laurel",   "lavanda",  "lazo",
    "leal",     "leccion",  "leche",    "lector",   "legumbre", "lejos",    "leon",     "letra",    "libertad",
    "libro",    "lider",    "liebre",   "lienzo",   "liga",     "lima",     "limpio",   "lince",    "linterna",
    "lirio",    "litro",    "llama",    "llanura",  "lleno",    "lluvia",   "lobo",     "local",    "logro",
    "loma",     "lona",     "longitud", "loro",     "lote",     "lucero",   "luchar",   "lugar",    "lumbre",
    "luna",     "lunes",    "lustre",   "madera",   "madre",    "maduro",   "maestro",  "magia",    "maiz",
    "malla",    "malva",    "mamut",    "mancha",   "mando",    "manga",    "manjar",   "mano",     "manta",
    "mapa",     "maquina",  "marea",    "marfil",   "margen",   "marino",   "martes",   "masa",     "mascara",
    "mastil",   "mata",     "matiz",    "mayo",     "mecha",    "medalla",  "medio",    "mejilla",  "mejor",
    "melena",   "melodia",  "memoria",  "mensaje",  "menta",    "menudo",   "mercado",  "merienda", "mesa",
    "meseta",   "meta",     "metro",    "mezcla",   "miel",     "miga",     "milagro",  "milpa",    "mimbre",
    "mina",     "minuto",   "mirada",   "mirlo",    "mision",   "mitad",    "mito",     "moda",     "modelo",
    "mojar",    "molde",    "molino",   "momento",  "moneda",   "mora",     "mosca",    "mucho",    "mudanza",
    "mueble",   "muelle",   "muestra",  "mujer",    "mula",     "mundo",    "museo",    "musgo",    "musica",
    "muslo",    "mutuo",    "nacar",    "nacion",   "nadar",    "naranja",  "nariz",    "nata",     "natural",
    "nave",     "neutro",   "nevera",   "nido",     "niebla",   "nieve",    "nivel",    "noble",    "noche",
    "nogal",    "nombre",   "norma",    "norte",    "nota",     "noticia",  "novela",   "nube",     "nuca",
    "nudo",     "nuez",     "nutria",   "oasis",    "objeto",   "oceano",   "ocho",     "ocio",     "octubre",
    "odisea",   "oeste",    "oficio",   "ofrenda",  "oido",     "ojal",     "oliva",    "olla",     "olmo",
    "onda",     "onza",     "opaco",    "opcion",   "opera",    "opinion",  "optimo",   "orden",    "oreja",
    "organo",   "orilla",   "orquesta", "oruga",    "oscuro",   "ostra",    "otro",     "oveja",    "padre",
    "pagina",   "pajaro",   "pala",     "palma",    "paloma",   "panal",    "panda",    "panico",   "pantalla",
    "papaya",   "papel",    "paquete",  "parada",   "parque",   "parra",    "pasado",   "pasta",    "patata",
    "patio",    "pato",     "payaso",   "peaje",    "pelicula", "pelo",     "pensar",   "peon",     "pera",
    "percha",   "perla",    "permiso",  "perro",    "persona",  "pesca",    "peso",     "petalo",   "piano",
    "piel",     "pierna",   "pieza",    "piloto",   "pincel",   "pintura",  "pinza",    "piscina",  "piso",
    "pista",    "pizarra",  "plan",     "plata",    "playa",    "plomo",    "pluma",    "plural",   "poema",
    "poeta",    "polo",     "poncho",   "popular",  "portal",   "posada",   "potro",    "pozo",     "prado",
    "pregunta", "premio",   "presa",    "primo",    "prisa",    "proa",     "problema", "promesa",  "pronto",
    "propio",   "prosa",    "prueba",   "pueblo",   "puente",   "puerta",   "pulga",    "pulmon",   "pulpo",
    "pulso",    "puma",     "punto",    "pupila",   "pureza",   "quemar",   "queso",    "quieto",   "quimica",
    "quince",   "quizas",   "racimo",   "radio",    "raiz",     "rama",     "rampa",    "rana",     "rapido",
    "raqueta",  "raro",     "rasgo",    "raton",    "real",     "recado",   "receta",   "recinto",  "recreo",
    "rector",   "reflejo",  "refran",   "regalo",   "region",   "reir",     "relato",   "reloj",    "remo",
    "renglon",  "renta",    "reparto",  "reposo",   "rescate",  "resina",   "resto",    "reto",     "retrato",
    "reunion",  "revista",  "rico",     "riego",    "riel",     "riesgo",   "rima",     "rincon",   "risa",
    "ritmo",    "rito",     "rizo",     "roble",    "roca",     "rocio",    "rodaja",   "rodilla",  "rojo",
    "romero",   "ronda",    "rosa",     "rosca",    "rostro",   "rotulo",   "rueda",    "ruido",    "rumbo",
    "rural",    "ruta",     "rutina",   "sabado",   "saber",    "sabio",    "sabor",    "sacar",    "sagaz",
    "sala",     "salida",   "salmon",   "salsa",    "salto",    "salud",    "samba",    "sandia",   "sano",
    "sapo",     "sardina",  "sarten",   "satelite", "saxofon",  "secano",   "seco",     "seda",     "segundo",
    "sello",    "selva",    "semilla",  "sencillo", "senda",    "sentido",  "sepia",    "sequia",   "serie",
    "servir",   "sesion",   "seta",     "seto",     "severo",   "siembra",  "siesta",   "siete",    "siglo",
    "signo",    "silaba",   "silbato",  "silencio", "simbolo",  "simple",   "sirena",   "sistema",  "sobre",
    "socio",    "sofa",     "soleado",  "solido",   "sombra",   "sonrisa",  "sopa",     "soporte",  "sorteo",
    "subida",   "suceso",   "suelo",    "sueter",   "sujeto",   "surco",    "susurro",  "sutil",    "tabla",
    "taburete", "talento",  "tambor",   "tanque",   "tapa",     "tapiz",    "tardar",   "tarea",    "tarjeta",
    "tasa",     "techo",    "tecla",    "tecnica",  "tejado",   "tela",     "telefono", "templo",   "tenaz",
    "tender",   "tener",    "tenis",    "tension",  "teoria",   "termino",  "ternura",  "tesoro",   "testigo",
    "texto",    "tiempo",   "tienda",   "tierra",   "tijera",   "timbre",   "timon",    "tipico",   "tira",
    "titulo",   "toalla",   "tobillo",  "todo",     "tomate",   "tonel",    "tono",     "topo",     "torre",
    "tortuga",  "total",    "trabajo",  "traje",    "trama",    "trebol",   "tregua",   "tren",     "trigo",
    "trineo",   "trofeo",   "trompeta", "tronco",   "trucha",   "trueno",   "tubo",     "tucan",    "tuerca",
    "tulipan",  "turismo",  "turno",    "tutor",    "umbral",   "unico",    "union",    "urbano",   "usar",
    "usual",    "vaca",     "vacio",    "vagon",    "vaina",    "vajilla",  "valle",    "valor",    "vaquero",
    "vara",     "variado",  "vaso",     "vecino",   "vela",     "veloz",    "vena",     "vencer",   "venda",
    "ventana",  "verano",   "verde",    "vestido",  "viajar",   "vibora",   "vida",     "viento",   "viga",
    "vigor",    "vinagre",  "violin",   "visita",   "vista",    "vivir",    "vocal",    "volcan",   "volumen",
    "volver",   "vuelo",    "yegua",    "yema",     "yeso",     "yodo",     "yoga",     "yuca",     "yunque",
    "zafiro",   "zaguan",   "zanja",    "zarza",    "zorro",    "zumo",     "zurdo",
};

// Lower-case letters only, with the accents of Spanish and Portuguese taken off (UTF-8 two-byte forms).
std::string plain_letters(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xc3 && i + 1 < text.size()) {
      // U+00C0..U+00FF: capitals and small letters differ by 0x20.
      static constexpr std::string_view base = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
      char letter = base[(static_cast<unsigned char>(text[++i]) - 0x80u) & 0x1f];
      if (letter != '*') plain.push_back(letter);
    } else if (byte >= 'A' && byte <= 'Z') {
      plain.push_back(static_cast<char>(byte - 'A' + 'a'));
    } else if (byte >= 'a' && byte <= 'z') {
      plain.push_back(static_cast<char>(byte));
    }
  }
  return plain;
}

}  // namespace

std::string_view word_at(std::size_t index) {
  ENC_CHECK(index < words.size());
  return words[index];
}

std::optional<std::string_view> word_typed(std::string_view typed) {
  std::string plain = plain_letters(typed);
  if (plain.size() < 4) return std::nullopt;
  std::string_view head(plain.data(), 4);
  auto found = std::lower_bound(words.begin(), words.end(), head,
                                [](std::string_view word, std::string_view h) { return word.substr(0, 4) < h; });
  if (found == words.end() || found->substr(0, 4) != head) return std::nullopt;
  // More than four letters must still be that word: "gatillo" is not "gato".
  if (plain.size() > found->size() || found->substr(0, plain.size()) != plain) return std::nullopt;
  return *found;
}

std::string words_for(BytesView bytes, std::size_t count) {
  ENC_CHECK(bytes.size() * 8 >= count * word_bits);
  std::string text;
  std::size_t bit = 0;
  for (std::size_t n = 0; n < count; ++n) {
    std::size_t index = 0;
    for (std::size_t i = 0; i < word_bits; ++i, ++bit) index = index << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1u);
    if (n > 0) text.push_back(' ');
    text += words[index];
  }
  return text;
}

std::string normalized_passphrase(std::string_view typed) {
  std::string canonical;
  std::size_t at = 0;
  while (at < typed.size()) {
    std::size_t end = typed.find_first_of(" \t\r\n-", at);
    if (end == std::string_view::npos) end = typed.size();
    if (end > at) {
      auto word = word_typed(typed.substr(at, end - at));
      if (!word) return std::string(typed);
      if (!canonical.empty()) canonical.push_back(' ');
      canonical += *word;
    }
    at = end + 1;
  }
  return canonical;
}

}  // namespace encuentro::client::core
