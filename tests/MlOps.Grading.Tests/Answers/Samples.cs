namespace MlOps.Grading.Tests.Answers;

/// <summary>Answers to exercises that no course has.</summary>
internal static class Samples
{
    internal const string TwoKinds = """
        answers:
          "98.1":
            Pick:
              value: B
              why:
                A: A drift test compares samples, it does not explain them.
                C: That is the share of the reference only.
                d: This one counts the empty bins twice, which makes it grow with their number.
          "98.2":
            Share:
              value: 0.0213
              tolerance: 0.0005
              why:
                "0.0093": You took the logarithm to base 10; the definition asks for the natural one.
                "0.0220": You rounded the shares first.
            Verdict: { value: a, why: { B: "Below the limit, so no alarm." } }
        """;
}
