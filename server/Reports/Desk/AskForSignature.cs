using ColdChain.Core.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Both components of a signature (21 CFR 11.200(a)(1)), as a person typed them for it.</summary>
/// <param name="Password">The account's password.</param>
/// <param name="Code">A code of its second factor.</param>
internal sealed record SignatureProof(string Password, string Code)
{
    /// <summary>Neither of them: it may get into a log.</summary>
    public override string ToString() => "password and code";
}

/// <summary>What became of password and code.</summary>
/// <param name="Fault">Why not to sign; null when both are right.</param>
/// <param name="Require">Uses the code up in the transaction of the signature: why not to sign after all; null when both count still.</param>
internal readonly record struct SignatureAnswer(AccountFault? Fault, Func<StoreTransaction, AccountFault?> Require);

/// <summary>
/// Asks a person for both components, for one signature. They are looked at here: the password takes a tenth of a second on purpose, for which the
/// single writer must not wait, and the code is of the instant at which it was typed, and not of when what is signed has been put together. The
/// transaction of what is signed uses the code up.
/// </summary>
internal delegate SignatureAnswer AskForSignature(string account, SignatureProof proof);
