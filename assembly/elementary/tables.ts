/** The numbers of the elementary functions, exactly as bench/accuracy/coefficients.mjs derives them. */

export const ONE = 0;
export const TWO = 1;
export const HALF = 2;
export const QUARTER = 3;
/** Its bits are the sign bit alone. */
export const SIGN = 4;
/** Its bits are those of the exponent. */
export const INFINITE = 5;
export const UNDEFINED = 6;
export const LOG2E = 7;
/** ln 2 cut so that its product with any exponent is exact. */
export const LN2_HIGH = 8;
/** The rest of ln 2. */
export const LN2_LOW = 9;
export const LN2 = 10;
/** Added, it rounds to an integer n and leaves n + bias in the lowest bits. */
export const ROUND = 11;
/** The same with n - 1. */
export const ROUND_LOWER = 12;
/** The same with n + 64. */
export const ROUND_UP = 13;
/** The same with n - 64. */
export const ROUND_DOWN = 14;
export const SCALE = 15;
/** Here n + bias = 0, the exponent bits of 0. */
export const FLUSH = 16;
/** Here n + 64 + bias = 0. */
export const FLUSH_UP = 17;
/** What ROUND_DOWN is added to may come to, for a finite 2^(n - 64). */
export const HIGHEST_DOWN = 18;
/** Here n / 2 + bias = 0. */
export const LEAST = 19;
/** e^x is infinite from here up. */
export const GREATEST = 20;
/** 1 + e^-x is 1 from here up. */
export const SATURATED = 21;
/** e^x - 1 is x for |x| below. */
export const TINY = 22;
/** Below, tanh is a polynomial. */
export const TANH_SPLIT = 23;
/** The smallest normal number. */
export const NORMAL = 24;
/** The factor that makes every denormal normal, less 1. */
export const RAISE = 25;
/** That factor's exponent. */
export const RAISED = 26;
/** The largest finite number. */
export const LARGEST = 27;
/** Taken from bits, it makes the exponent one less, and two less where the mantissa is below sqrt 2. */
export const CENTRE = 28;
export const ROOT_HALF = 29;
/** Its bits are those of the mantissa. */
export const MANTISSA = 30;
/** Its lowest bits take an integer. */
export const INTEGER = 31;
/** Subtracted, it makes a centred exponent field the exponent. */
export const INTEGER_BIAS = 32;

/** The constants of f32 lanes, by the indices above. */
export const CONSTANTS_SINGLE: StaticArray<Real> = [
  1.0,
  2.0,
  0.5,
  0.25,
  -0.0,
  Infinity,
  NaN,
  1.4426950216293335,
  0.693145751953125,
  0.000001428606765330187,
  0.6931471824645996,
  12583039.0,
  12583038.0,
  12583103.0,
  12582975.0,
  5.421010862427522e-20,
  -88.02969360351562,
  -132.5,
  12583166.0,
  -176.25,
  89.0,
  40.0,
  1.4901161193847656e-8,
  0.550000011920929,
  1.1754943508222875e-38,
  16777215.0,
  24.0,
  3.4028234663852886e38,
  4.869056741527834e-39,
  0.7071067690849304,
  1.1754942106924411e-38,
  8388608.0,
  8388734.0,
];

/** The constants of f64 lanes, by the indices above. */
export const CONSTANTS_DOUBLE: StaticArray<Real> = [
  1.0,
  2.0,
  0.5,
  0.25,
  -0.0,
  Infinity,
  NaN,
  1.4426950408889634,
  0.6931471805592082,
  7.371002565167799e-13,
  0.6931471805599453,
  6755399441056767.0,
  6755399441056766.0,
  6755399441056831.0,
  6755399441056703.0,
  5.421010862427522e-20,
  -709.0895657128241,
  -753.5,
  6755399441057790.0,
  -1418.25,
  710.0,
  40.0,
  2.7755575615628914e-17,
  0.55,
  2.2250738585072014e-308,
  9007199254740991.0,
  53.0,
  1.7976931348623157e308,
  9.21655769475516e-309,
  0.7071067811865476,
  2.225073858507201e-308,
  4503599627370496.0,
  4503599627371518.0,
];

/** (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, by powers of r. */
export const EXP_SINGLE: StaticArray<Real> = [
  0.49999964237213135, 0.1666652113199234, 0.041675470769405365, 0.008368832059204578, 0.0013420945033431053,
];

export const EXP_DOUBLE: StaticArray<Real> = [
  0.5000000000000002, 0.16666666666665225, 0.041666666666597144, 0.008333333334238982, 0.0013888888927210273, 0.000198412679185536,
  0.000024801508984602782, 0.0000027558987921514038, 2.762493320778852e-7, 2.4560852986004498e-8,
];

/** The same, one degree lower. */
export const EXP_SHORT_SINGLE: StaticArray<Real> = [0.499992311000824, 0.16667112708091736, 0.041890211403369904, 0.008312759920954704];

/** (log(1 + f) / s - 2) / s^2 with s = f / (2 + f), for sqrt 1/2 <= 1 + f <= sqrt 2, by powers of s^2. */
export const LOG_SINGLE: StaticArray<Real> = [0.6666677594184875, 0.3997758626937866, 0.29870694875717163];

export const LOG_DOUBLE: StaticArray<Real> = [
  0.6666666666666734, 0.3999999999941704, 0.2857142874189364, 0.2222219862156931, 0.18183561905863285, 0.1531411046632567,
  0.14795367495591016,
];

/** The same for 0 <= f <= 1. */
export const LOG1P_UNIT_SINGLE: StaticArray<Real> = [0.666664183139801, 0.40021437406539917, 0.2800302505493164, 0.2800678312778473];

export const LOG1P_UNIT_DOUBLE: StaticArray<Real> = [
  0.6666666666666631, 0.40000000000155916, 0.28571428548009364, 0.22222223960808585, 0.18181744213896747, 0.1538655428885393,
  0.13301040991956797, 0.12105602657870033, 0.0834200789165942, 0.1701540676182865,
];

/** (tanh x / x - 1) / x^2 for |x| <= 0.55, by powers of x^2. */
export const TANH_SINGLE: StaticArray<Real> = [
  -0.33333316445350647, 0.13332544267177582, -0.0538475476205349, 0.02105071395635605, -0.00624284939840436,
];

export const TANH_DOUBLE: StaticArray<Real> = [
  -0.333333333333333, 0.1333333333332658, -0.05396825396373676, 0.02186948838516493, -0.008863232590001165, 0.003592091913892651,
  -0.0014555420907095848, 0.0005884413683532653, -0.0002333736228275843, 0.00008330507744490188, -0.00001948769298995301,
];
