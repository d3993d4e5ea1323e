"""From a submission to a verdict: plan, session, transcript, judging, publishing."""
