using MlOps.Grading.Calling;
using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>Tests that call a student's code. The code runs in a process of its own, in a sandbox; only values travel.</summary>
/// <typeparam name="T">The contract: an interface with the members that the student writes. <c>IPsi</c> stands for the student's
/// type <c>Psi</c>. Arrays stand for spans, lists and arrays of the student.</typeparam>
public abstract class CodeTests<T> : ExerciseTests
    where T : class
{
    /// <summary>Gets the student's static members.</summary>
    protected T Student => Subject.Code.Static<T>();

    /// <summary>Makes an object of the student's type.</summary>
    /// <param name="arguments">The constructor's arguments.</param>
    protected T New(params object?[] arguments) => Subject.Code.New<T>(arguments);

    /// <summary>Asserts that the student's code throws this exception or one derived from it.</summary>
    /// <exception cref="XunitException">It did not throw, or threw something else.</exception>
    protected static void Throws<TException>(Action call)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            call();
        }
        catch (StudentCodeException e) when (e.Threw<TException>())
        {
            return;
        }
        catch (StudentCodeException e) when (e.Problem == StudentProblem.Threw)
        {
            throw new XunitException($"{typeof(TException).Name} was expected. {e.Message}");
        }

        throw new XunitException($"{typeof(TException).Name} was expected, but the code threw nothing.");
    }
}
