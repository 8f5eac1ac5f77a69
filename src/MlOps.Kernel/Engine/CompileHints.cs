using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>What a learner can do about the compile errors that notebooks produce most, in one sentence each.</summary>
internal static class CompileHints
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["CS0019"] = "These two types know no such operator: convert one side first, as in int.Parse(text) or number.ToString().",
        ["CS0021"] = "Only arrays, lists, dictionaries and the like take [ ]: check what this holds.",
        ["CS0022"] = "Give one index for each dimension: grid[row, column] for int[,], rows[i][j] for int[][].",
        ["CS0029"] = "Convert the value, as in int.Parse(text) or number.ToString(), or change the variable's type.",
        ["CS0030"] = "A cast cannot do this: use a method such as int.Parse(text) or number.ToString().",
        ["CS0102"] = "This name is declared twice: use another name, or give the first a new value without a type, as in x = 2;",
        ["CS0103"] = "Check the spelling, or run the cell that declares it first.",
        ["CS0106"] = "Remove this word: it is not allowed at this place.",
        ["CS0117"] = "Check the spelling and the capitals; Tab behind the dot lists what there is.",
        ["CS0119"] = "A value is needed here: call a method with ( ), create an object with new.",
        ["CS0120"] = "A class cannot see the variables of cells; pass the value as a parameter.",
        ["CS0122"] = "This member is private to its class: make it public, or use a public one.",
        ["CS0128"] = "This name is declared twice: use another name, or give the first a new value without a type, as in x = 2;",
        ["CS0131"] = "Only a variable, property or element can stand left of =; to compare two values, write ==.",
        ["CS0136"] = "A block around this one already uses the name: choose another.",
        ["CS0161"] = "Every way through the method must end in a return: add one at the end, or in the branch that lacks it.",
        ["CS0165"] = "Give the variable a value where it is declared, as in int x = 0;",
        ["CS0200"] = "This property can only be read: give it its value when the object is made.",
        ["CS0201"] = "Assign the value, pass it to a method, or make it the last line of the cell without a semicolon.",
        ["CS0234"] = "Check the spelling, or add the library that has it with #r.",
        ["CS0246"] = "Check the spelling, add the using, or run the cell that declares the type first.",
        ["CS0266"] = "Say that you accept the loss: (int)value cuts the digits behind the point, (int)Math.Round(value) rounds.",
        ["CS0411"] = "Write the types that the compiler cannot find out, as in Method<int>(value).",
        ["CS0428"] = "Add ( ) to call the method.",
        ["CS0670"] = "The right side has no value to store: call it without the assignment.",
        ["CS0815"] = "The right side has no value to store: call it without the assignment, or write the variable's type instead of var.",
        ["CS0818"] = "Give the variable a value, or write its type instead of var.",
        ["CS1002"] = "Only the last expression of a cell may go without a semicolon.",
        ["CS1003"] = "A sign is missing at the mark or shortly before it; the message names it.",
        ["CS1010"] = "Close the text with \" on its line; text of several lines stands between \"\"\" and \"\"\".",
        ["CS1012"] = "Single quotes hold one character: write text in double quotes.",
        ["CS1026"] = "A closing ) is missing: each ( needs one.",
        ["CS1061"] = "Check the spelling and the capitals, or add the using that brings the method.",
        ["CS1501"] = "Count the arguments; the cursor between ( and ) shows what the method takes.",
        ["CS1503"] = "Check the order of the arguments, and convert this one to the type that the method takes.",
        ["CS1513"] = "A closing } is missing: each { needs one.",
        ["CS1515"] = "The loop is written foreach (var item in items).",
        ["CS1525"] = "A value is missing at the mark, or one sign too many stands there.",
        ["CS1729"] = "Count the arguments behind new; the cursor between ( and ) shows what the type takes.",
        ["CS1733"] = "The cell ends where a value is needed: complete the expression.",
        ["CS4032"] = "Write async before the method's return type, and return a Task.",
        ["CS4033"] = "Write async before void or, better, make it async Task and await the call.",
        ["CS7036"] = "An argument is missing: the message names the parameter that waits for it.",
        ["CS8070"] = "End each case with break; or return.",
    };

    /// <summary>The sentence for an error; null if there is none.</summary>
    internal static string? Of(string id) => Texts.GetValueOrDefault(id);

    /// <summary>As <see cref="Of(string)"/>, or better: the name that was probably meant, the using that is missing.</summary>
    internal static string? Of(Diagnostic diagnostic, Compilation compilation) => NameSuggestions.For(diagnostic, compilation) ?? Of(diagnostic.Id);
}
