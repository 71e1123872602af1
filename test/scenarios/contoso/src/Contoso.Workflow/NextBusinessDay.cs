using System;
using System.Activities;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Workflow;

namespace Contoso.Workflow
{
    /// <summary>Moves a date to the next business day.</summary>
    public sealed class NextBusinessDay : CodeActivity
    {
        [RequiredArgument]
        [Input("Date")]
        public InArgument<DateTime> Date { get; set; }

        [Output("Next business day")]
        public OutArgument<DateTime> Result { get; set; }

        protected override void Execute(CodeActivityContext executionContext)
        {
            var context = executionContext.GetExtension<IWorkflowContext>();
            var tracing = executionContext.GetExtension<ITracingService>();

            var date = Date.Get(executionContext).AddDays(1);
            while (date.DayOfWeek == DayOfWeek.Saturday || date.DayOfWeek == DayOfWeek.Sunday)
            {
                date = date.AddDays(1);
            }

            tracing.Trace("{0}: {1:d}", context.MessageName, date);
            Result.Set(executionContext, date);
        }
    }
}
