namespace MlOps.Grading.Compiler;

/// <summary>What to do about the errors that learners meet most, beside what the compiler says.</summary>
internal static class CompilerAdvice
{
    private static readonly Dictionary<string, string> s_advice = new(StringComparer.Ordinal)
    {
        ["CS0019"] = "The operator does not fit these types; convert one of them.",
        ["CS0029"] = "Convert the value, or change the type on the left.",
        ["CS0103"] = "Check the spelling, or declare it first.",
        ["CS0106"] = "Look for a missing '}' above.",
        ["CS0117"] = "Check the spelling, upper and lower case included.",
        ["CS0120"] = "The member belongs to an object; make it static or create an object.",
        ["CS0128"] = "The name is taken; choose another one.",
        ["CS0161"] = "Some way through the method ends without return; add one.",
        ["CS0165"] = "Give the variable a value before it is read.",
        ["CS0234"] = "Check the spelling, or add the using that it needs.",
        ["CS0246"] = "Check the spelling, or add the using that it needs.",
        ["CS0266"] = "A cast such as (int)x says that losing digits is meant.",
        ["CS1002"] = "Put a ';' at the end of the statement.",
        ["CS1026"] = "Close the bracket with ')'.",
        ["CS1061"] = "Check the spelling, or the type of what stands before the dot.",
        ["CS1501"] = "Count the arguments.",
        ["CS1503"] = "Compare the argument's type with the parameter's.",
        ["CS1513"] = "Count the braces; one '}' is missing.",
        ["CS7036"] = "An argument is missing in the call.",
        ["CS8805"] = "Put the code into the method of the starter file; statements do not stand alone here.",
    };

    internal static string? For(string code) => s_advice.GetValueOrDefault(code);
}
