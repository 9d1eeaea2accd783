import type { ProcedureTemplate } from './procedure.ts';

/** What is done where nobody set up other procedures (`settings.json`: `incidents.procedures`). A centre's own rules come before these. */
export const usualProcedures: readonly ProcedureTemplate[] = [
  {
    category: 'accident',
    name: { en: 'Road accident', ur: 'سڑک کا حادثہ', ps: 'د سړک پېښه' },
    steps: [
      { en: 'Look whether anybody is hurt', ur: 'دیکھیں کہ کوئی زخمی تو نہیں', ps: 'وګورئ چې څوک ټپي خو نه دي' },
      {
        en: 'Call Rescue 1122, and say the place',
        ur: 'ریسکیو 1122 کو فون کریں اور جگہ بتائیں',
        ps: 'ریسکیو 1122 ته زنګ ووهئ او ځای ووایاست',
      },
      { en: 'Tell traffic police', ur: 'ٹریفک پولیس کو بتائیں', ps: 'ټرافیک پولیس خبر کړئ' },
      {
        en: 'Keep a camera on the place until the road is free',
        ur: 'سڑک کھلنے تک ایک کیمرا جگہ پر رکھیں',
        ps: 'تر سړک خلاصېدو پورې یوه کیمره پر ځای وساتئ',
      },
    ],
  },
  {
    category: 'crime',
    name: { en: 'Crime', ur: 'جرم', ps: 'جرم' },
    steps: [
      { en: 'Call 15, and say the place', ur: '15 پر فون کریں اور جگہ بتائیں', ps: '15 ته زنګ ووهئ او ځای ووایاست' },
      {
        en: 'Follow the suspects on the next cameras',
        ur: 'مشتبہ افراد کو اگلے کیمروں پر دیکھتے رہیں',
        ps: 'شکمن کسان په نورو کیمرو کې تعقیب کړئ',
      },
      { en: 'Note clothes, vehicle and direction', ur: 'لباس، گاڑی اور سمت لکھیں', ps: 'جامې، موټر او لوری ولیکئ' },
      { en: 'Tell the shift supervisor', ur: 'شفٹ سپروائزر کو بتائیں', ps: 'د شفټ مشر خبر کړئ' },
    ],
  },
  {
    category: 'fire',
    name: { en: 'Fire', ur: 'آگ', ps: 'اور' },
    steps: [
      {
        en: 'Call Rescue 1122, and say the place',
        ur: 'ریسکیو 1122 کو فون کریں اور جگہ بتائیں',
        ps: 'ریسکیو 1122 ته زنګ ووهئ او ځای ووایاست',
      },
      { en: 'Look whether the way there is free', ur: 'دیکھیں کہ وہاں کا راستہ کھلا ہے', ps: 'وګورئ چې لاره یې خلاصه ده' },
      {
        en: 'Tell the supply companies of gas and electricity',
        ur: 'گیس اور بجلی کے محکموں کو بتائیں',
        ps: 'د ګاز او برېښنا ادارې خبرې کړئ',
      },
    ],
  },
  {
    category: 'crowd',
    name: { en: 'Crowd', ur: 'ہجوم', ps: 'ګڼه ګوڼه' },
    steps: [
      {
        en: 'Estimate how many there are, and where they go',
        ur: 'اندازہ لگائیں کہ کتنے لوگ ہیں اور کہاں جا رہے ہیں',
        ps: 'اټکل وکړئ چې څومره خلک دي او چېرته ځي',
      },
      { en: 'Tell the shift supervisor', ur: 'شفٹ سپروائزر کو بتائیں', ps: 'د شفټ مشر خبر کړئ' },
      {
        en: 'Bring the cameras of the ways out onto the wall',
        ur: 'نکلنے کے راستوں کے کیمرے وال پر لائیں',
        ps: 'د وتلو د لارو کیمرې پر دیوال راوړئ',
      },
    ],
  },
  {
    category: 'suspect',
    name: { en: 'Suspicious person, vehicle or thing', ur: 'مشتبہ شخص، گاڑی یا چیز', ps: 'شکمن کس، موټر یا شی' },
    steps: [
      { en: 'Keep a camera on it, and go no nearer than that', ur: 'ایک کیمرا اس پر رکھیں', ps: 'یوه کیمره پرې وساتئ' },
      { en: 'Tell the nearest patrol by radio', ur: 'قریبی گشت کو وائرلیس پر بتائیں', ps: 'نږدې ګزمه په مخابره خبره کړئ' },
      {
        en: 'A thing that was left behind: call the bomb disposal unit',
        ur: 'لاوارث چیز: بم ڈسپوزل یونٹ کو بلائیں',
        ps: 'بې خاونده شی: د بم شنډولو څانګه راوبولئ',
      },
    ],
  },
  {
    category: 'fault',
    name: { en: 'Fault of a device', ur: 'آلے کی خرابی', ps: 'د وسیلې خرابي' },
    steps: [
      {
        en: 'Look whether the other cameras of the site work',
        ur: 'دیکھیں کہ اس جگہ کے باقی کیمرے چل رہے ہیں',
        ps: 'وګورئ چې د ځای نورې کیمرې کار کوي',
      },
      { en: 'Tell the technician on duty', ur: 'ڈیوٹی پر موجود ٹیکنیشن کو بتائیں', ps: 'د دندې تخنیکار خبر کړئ' },
    ],
  },
];
