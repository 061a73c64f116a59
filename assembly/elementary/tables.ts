/** The numbers of the elementary functions, exactly as bench/accuracy/coefficients.mjs derives them. */

export const ONE = 0;
export const TWO = 1;
export const HALF = 2;
export const QUARTER = 3;
/** Its bits are the sign bit alone. */
export const SIGN = 4;
/** Its bits are those of the exponent. */
export const INFINITE = 5;
export const LOG2E = 6;
/** ln 2 cut so that its product with any exponent is exact. */
export const LN2_HIGH = 7;
/** The rest of ln 2. */
export const LN2_LOW = 8;
/** Added, it rounds to an integer n and leaves n + bias in the lowest bits. */
export const ROUND = 9;
/** The same with n - 1. */
export const ROUND_LOWER = 10;
/** The same with n + 64. */
export const ROUND_UP = 11;
/** The same with n - 64. */
export const ROUND_DOWN = 12;
export const SCALE = 13;
/** Here n + bias = 0, the exponent bits of 0. */
export const FLUSH = 14;
/** e^x is 0 from here down. */
export const LEAST = 15;
/** e^x is infinite from here up. */
export const GREATEST = 16;
/** 1 + e^-x is 1 from here up. */
export const SATURATED = 17;
/** e^x - 1 is x for |x| below. */
export const TINY = 18;
/** Below, tanh is a polynomial. */
export const TANH_SPLIT = 19;
/** The smallest normal number. */
export const NORMAL = 20;
/** One more makes every denormal normal. */
export const RAISE = 21;
/** The power of two by which it does. */
export const RAISED = 22;
/** The largest finite number. */
export const LARGEST = 23;
/** Added to bits, it carries a mantissa above sqrt 2 into the exponent. */
export const CENTRE = 24;
export const ROOT_HALF = 25;
/** Its bits are those of the mantissa. */
export const MANTISSA = 26;
/** Its lowest bits take an integer. */
export const INTEGER = 27;
/** Subtracted, it gives that integer less the bias. */
export const INTEGER_BIAS = 28;

/** The constants of f32 lanes, by the indices above. */
export const CONSTANTS_SINGLE: StaticArray<Real> = [
  1.0,
  2.0,
  0.5,
  0.25,
  -0.0,
  Infinity,
  1.4426950216293335,
  0.693145751953125,
  0.000001428606765330187,
  12583039.0,
  12583038.0,
  12583103.0,
  12582975.0,
  5.421010862427522e-20,
  -88.02969360351562,
  -105.0,
  89.0,
  40.0,
  1.4901161193847656e-8,
  0.550000011920929,
  1.1754943508222875e-38,
  16777215.0,
  24.0,
  3.4028234663852886e38,
  6.885886766695041e-39,
  0.7071067690849304,
  1.1754942106924411e-38,
  8388608.0,
  8388735.0,
];

/** The constants of f64 lanes, by the indices above. */
export const CONSTANTS_DOUBLE: StaticArray<Real> = [
  1.0,
  2.0,
  0.5,
  0.25,
  -0.0,
  Infinity,
  1.4426950408889634,
  0.6931471805592082,
  7.371002565167799e-13,
  6755399441056767.0,
  6755399441056766.0,
  6755399441056831.0,
  6755399441056703.0,
  5.421010862427522e-20,
  -709.0895657128241,
  -746.0,
  710.0,
  40.0,
  2.7755575615628914e-17,
  0.55,
  2.2250738585072014e-308,
  9007199254740991.0,
  53.0,
  1.7976931348623157e308,
  1.303418089031685e-308,
  0.7071067811865476,
  2.225073858507201e-308,
  4503599627370496.0,
  4503599627371519.0,
];

/** (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, by powers of r. */
export const EXP_SINGLE: StaticArray<Real> = [
  0.4999999403953552, 0.1666652113199234, 0.041668254882097244, 0.008368661627173424, 0.0013821454485878348,
];

export const EXP_DOUBLE: StaticArray<Real> = [
  0.5000000000000011, 0.16666666666666455, 0.04166666666652911, 0.008333333333475164, 0.0013888888943680983, 0.00019841269538146435,
  0.000024801493158166693, 0.000002755756416345568, 2.7630206123645027e-7, 2.500576501480407e-8,
];

/** (log(1 + f) / s - 2) / s^2 with s = f / (2 + f), for sqrt 1/2 <= 1 + f <= sqrt 2, by powers of s^2. */
export const LOG_SINGLE: StaticArray<Real> = [0.6666677594184875, 0.3997758626937866, 0.29870694875717163];

export const LOG_DOUBLE: StaticArray<Real> = [
  0.6666666666666734, 0.3999999999941714, 0.2857142874187565, 0.22222198623155193, 0.18183561832714012, 0.15314112164076746,
  0.14795351843553306,
];

/** The same for 0 <= f <= 1. */
export const LOG1P_UNIT_SINGLE: StaticArray<Real> = [0.666664183139801, 0.40021437406539917, 0.2800302505493164, 0.2800678312778473];

export const LOG1P_UNIT_DOUBLE: StaticArray<Real> = [
  0.6666666666666631, 0.40000000000155034, 0.28571428548126315, 0.2222222395321328, 0.18181744492292942, 0.1538654814324659,
  0.13301124326925198, 0.12104923659404226, 0.08345056877300755, 0.17009609945807547,
];

/** (tanh x / x - 1) / x^2 for |x| <= 0.55, by powers of x^2. */
export const TANH_SINGLE: StaticArray<Real> = [
  -0.33333316445350647, 0.13332544267177582, -0.0538475476205349, 0.02105071395635605, -0.00624284939840436,
];

export const TANH_DOUBLE: StaticArray<Real> = [
  -0.333333333333333, 0.13333333333326805, -0.05396825396384267, 0.021869488387772584, -0.008863232628108108, 0.003592092265556467,
  -0.0014555441941330953, 0.0005884495032343854, -0.00023339324809530968, 0.00008333191885793834, -0.0000195035808020162,
];
