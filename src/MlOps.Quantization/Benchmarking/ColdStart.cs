namespace MlOps.Quantization.Benchmarking;

/// <summary>What the first answer of a model costs, in milliseconds: medians over several starts.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Starts">How often it was started.</param>
/// <param name="LoadMilliseconds">Until it can run: read, checked, optimised. The file is in the operating system's memory by then, and ONNX Runtime itself is loaded.</param>
/// <param name="FirstRunMilliseconds">The first run after that, with one batch, memory being laid out.</param>
public sealed record ColdStart(string Model, int Starts, double LoadMilliseconds, double FirstRunMilliseconds);
