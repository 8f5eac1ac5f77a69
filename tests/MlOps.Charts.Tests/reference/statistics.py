"""Reference values for StatisticsTests.cs, from NumPy and SciPy. Run: python3 statistics.py"""
import numpy
import scipy
from scipy.stats import gaussian_kde

print("numpy", numpy.__version__, "scipy", scipy.__version__)

# A sample that anybody can write down: x_i = (i * 37 mod 101) / 10 + (i mod 7)^2 / 20 for i = 0..59, and one far value.
sample = numpy.array([(i * 37 % 101) / 10 + (i % 7) ** 2 / 20 for i in range(60)] + [42.5])

print("quantiles", [repr(float(numpy.quantile(sample, p))) for p in (0, 0.05, 0.25, 0.5, 0.75, 0.9, 1)])

q1, q3 = numpy.quantile(sample, [0.25, 0.75])
inside = sample[(sample >= q1 - 1.5 * (q3 - q1)) & (sample <= q3 + 1.5 * (q3 - q1))]
print("fences", repr(float(inside.min())), repr(float(inside.max())), "outliers", sample[sample > inside.max()].tolist())

counts, edges = numpy.histogram(sample, bins=8)
print("histogram", counts.tolist(), [repr(float(e)) for e in edges])

density = gaussian_kde(sample)  # Scott's rule is the default
places = [0.0, 2.5, 5.0, 7.5, 12.0, 42.5]
print("bandwidth", repr(float(numpy.sqrt(density.covariance[0, 0]))))
print("density", [repr(float(d)) for d in density(places)])
