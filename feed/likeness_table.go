package feed

// numFeatures is how many features the Evidence has.
const numFeatures = 38

// weights are the factors of a logistic regression over the features.
type weights struct {
	bias    float64
	factors [numFeatures]float64
}

// Two Sources.
var acrossWeights = weights{14.6211, [numFeatures]float64{
	14.6251, 30.2738, 2.3617, // words
	-6.4317, -0.6686, 5.3121, // contained
	-4.7491, 2.1287, 2.9597, // title
	-2.9652, 4.1690, 1.4390, // titlelow
	-2.6360, 5.9083, 0.8545, // titlehigh
	-16.5322, 17.5670, -2.8406, // bag
	-2.9804, // log runs
	-1.4745, // log shorter
	-4.1128, // log longer
	-0.3979, // log hours
	-0.2703, // log figures
	-0.2322, // log fewalone
	-0.3749, // log manyalone
	0.2478,  // log titlefigures
	0.5333,  // log longest
	0.1240,  // log before
	-0.4597, // log afterone
	0.7030,  // log afterboth
	0.0868,  // sametitle
	-0.6404, // otherday
	-0.2234, // sameday
	-0.0515, // otherfigures
	-4.5778, // samemask
	0.2315,  // samecredit
	-1.6946, // othercredit
	-0.1390, // marker
}}

// Two Sources, one body of less than shortWeight.
var shortWeights = weights{-17.6937, [numFeatures]float64{
	-13.9492, 15.9805, 4.7612, // words
	11.9663, -5.5855, -3.3658, // contained
	-1.3302, 0.2546, 3.2113, // title
	0.2626, 2.0266, -1.2597, // titlelow
	-2.4431, 6.8371, -0.6513, // titlehigh
	-13.5573, 26.1141, -3.0225, // bag
	-2.2737, // log runs
	-0.4094, // log shorter
	1.1248,  // log longer
	-0.4743, // log hours
	0.2444,  // log figures
	-0.1211, // log fewalone
	-0.1283, // log manyalone
	-0.0879, // log titlefigures
	0.3449,  // log longest
	0.0380,  // log before
	-0.3159, // log afterone
	0.3349,  // log afterboth
	-0.0049, // sametitle
	0.1538,  // otherday
	-0.3674, // sameday
	-0.3021, // otherfigures
	-7.2441, // samemask
	0.8542,  // samecredit
	-1.5369, // othercredit
	-0.3451, // marker
}}

// One Source.
var withinWeights = weights{-23.1817, [numFeatures]float64{
	8.3417, 7.7609, -3.2260, // words
	-0.6461, -2.0582, 2.3069, // contained
	-2.0364, 0.3441, 2.2475, // title
	-6.6974, 7.4215, 4.8162, // titlelow
	0.4479, 7.8391, -4.8287, // titlehigh
	0.0557, 11.2189, -12.1844, // bag
	-0.8764, // log runs
	-0.7383, // log shorter
	2.4022,  // log longer
	-0.2473, // log hours
	-0.0415, // log figures
	-1.8228, // log fewalone
	-0.4466, // log manyalone
	1.7495,  // log titlefigures
	0.5663,  // log longest
	-0.1048, // log before
	-0.7553, // log afterone
	0.5503,  // log afterboth
	0.2310,  // sametitle
	-0.5073, // otherday
	0.3176,  // sameday
	-1.0071, // otherfigures
	-7.5413, // samemask
	1.3730,  // samecredit
	0.0723,  // othercredit
	1.0677,  // marker
}}
