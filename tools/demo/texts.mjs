// What the demonstration shows on its boards: facts of the network's history, told by its Secretariat. People's names
// are invented; XA and XB are invented countries.
export const people = {
  secretariat: 'Elena Prado (persona inventada)',
  AR: 'Lucía Ferro',
  BO: 'Mateo Quispe',
  BR: 'Helena Duarte',
  CO: 'Andrés Vélez',
  CR: 'Sofía Mora',
  CL: 'Tomás Araya',
  EC: 'Paula Andrade',
  SV: 'Óscar Menjívar',
  GT: 'Rosa Ixcot',
  HN: 'Daniel Zelaya',
  MX: 'Inés Robledo',
  NI: 'Carlos Ñurinda',
  PA: 'Marta Him',
  PY: 'Julio Benítez',
  PE: 'Rocío Salas',
  DO: 'Camila Peralta',
  UY: 'Bruno Etchart',
  VE: 'Luis Perdomo',
  XA: 'Alba Invierno',
  XB: 'Benito Verano',
};

export const announcements = [
  {
    title: 'Bienvenida al espacio de encuentro',
    ack: false,
    text: [
      'Este es el espacio propio de la Red: tablón, canales, calendario y documentos.',
      '**Es una demostración**: los países y los hechos son reales, las personas son inventadas. ' +
        'País A y País B no existen.',
    ].join('\n\n'),
  },
  {
    title: 'Octava Reunión de Puntos Focales: Nueva York, 16 y 17 de octubre de 2017',
    ack: true,
    text: [
      'En la reunión se adoptaron por unanimidad las *Normas mínimas de funcionamiento* de la Red.',
      'Sírvanse acusar recibo de la convocatoria a la próxima reunión.',
    ].join('\n\n'),
  },
  {
    title: 'Mensaje conjunto por el 9 de diciembre',
    ack: false,
    text: [
      'Con motivo del Día Internacional para la Conmemoración y Dignificación de las Víctimas del Crimen de Genocidio',
      'y para la Prevención de ese Crimen, la Red difundió su mensaje conjunto el 9 de diciembre de 2017.',
    ].join(' '),
  },
  {
    title: 'Cursos virtuales de 2018',
    ack: false,
    text: [
      '- Febrero: curso introductorio sobre fundamentos de la prevención de atrocidades masivas.',
      '- Marzo: curso sobre los derechos de los pueblos indígenas y la prevención.',
    ].join('\n'),
  },
];

export const committee = {
  title: 'Educación para la prevención de atrocidades',
  countries: ['AR', 'BR', 'CL', 'CO', 'PE', 'XA', 'XB'],
};

export const talk = [
  ['XA', 'Buenos días a todas las delegaciones. Comparto las primeras ideas sobre los materiales para docentes.'],
  ['XB', 'Gracias. País B propone empezar por una guía breve, de no más de diez páginas, en español y portugués.'],
  ['XA', 'De acuerdo. Subiré un proyecto de texto esta semana.'],
];
