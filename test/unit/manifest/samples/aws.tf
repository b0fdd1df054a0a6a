terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

variable "environment" { default = "prod" }

resource "aws_ecs_service" "web" {
  name          = "web-${var.environment}"
  desired_count = 3
  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "web" {
  max_capacity       = 20
  min_capacity       = 2
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

# Half a minute to grow, five to shrink.
resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu-${var.environment}"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  service_namespace  = aws_appautoscaling_target.web.service_namespace

  target_tracking_scaling_policy_configuration {
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
    target_value       = 65
    scale_in_cooldown  = 300
    scale_out_cooldown = 30
  }
}

resource "aws_appautoscaling_policy" "surge" {
  name               = "surge"
  policy_type        = "StepScaling"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  service_namespace  = aws_appautoscaling_target.web.service_namespace

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60
    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = "10"
      scaling_adjustment          = 1
    }
    step_adjustment {
      metric_interval_lower_bound = "10"
      scaling_adjustment          = 4
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "surge" {
  alarm_name          = "surge"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 3
  metric_name         = "CPUUtilization"
  namespace           = "AWS/ECS"
  period              = 60
  statistic           = "Average"
  threshold           = 80
  dimensions          = { ServiceName = aws_ecs_service.web.name }
  alarm_actions       = [aws_appautoscaling_policy.surge.arn]
}
